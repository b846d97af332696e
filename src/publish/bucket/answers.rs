//! What a store answers, in words for the author.

use object_store::Error;

use crate::publish::redact;

/// What a store has to say, without what nobody may see.
pub(super) fn told(fault: Error) -> anyhow::Error {
    let mut words = fault.to_string();
    let mut source = std::error::Error::source(&fault);
    while let Some(inner) = source {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words.push_str(&format!(": {inner_words}"));
        }
        source = inner.source();
    }
    // A list of a bucket that is not there is no `NotFound` to the library, as no object was asked for.
    let is_no_bucket = NO_BUCKET.iter().any(|code| words.contains(code));
    let is_refused = REFUSED.iter().any(|code| words.contains(code));
    let help = match &fault {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => DENIED,
        _ if is_refused => DENIED,
        Error::NotFound { .. } => THERE,
        _ if is_no_bucket => THERE,
        _ => "",
    };
    anyhow::anyhow!("{}{help}", redact(&in_words(&words)))
}

const DENIED: &str = "\n  help: the store refuses the credentials of the environment: are they for this bucket, and may \
                      they list, read, write and delete in it?";

/// What stores answer to credentials that are not theirs; for a list the library takes these for any other fault.
const REFUSED: &[&str] = &["403 Forbidden", "401 Unauthorized"];

const THERE: &str =
    "\n  help: is there such a bucket at this endpoint, and in this region where the store has such?";

/// What S3, Google and Azure call a bucket that is not there.
const NO_BUCKET: &[&str] = &["NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist"];

/// An answer in XML, as stores give it, cut down to its code and message.
fn in_words(told: &str) -> String {
    let part = |name: &str| {
        let after = told.split_once(&format!("<{name}>"))?.1;
        Some(after.split_once(&format!("</{name}>"))?.0.trim())
    };
    match (told.find("<?xml").or_else(|| told.find("<Error>")), part("Code")) {
        (Some(start), Some(code)) => {
            // Azure goes on with the number of the request and the time.
            let message = part("Message").and_then(|message| message.lines().next());
            let message = message.map(|message| format!(": {message}")).unwrap_or_default();
            format!("{}{code}{message}", &told[..start])
        }
        _ => told.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_xml_is_told_in_words() {
        let xml = "404 Not Found: <?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code><Message>There is none\
                   </Message><RequestId>x</RequestId></Error>";
        assert_eq!(in_words(xml), "404 Not Found: NoSuchBucket: There is none");
        let azure = "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><Message>It failed.\nRequestId:1\n\
                     Time:2</Message></Error>";
        assert_eq!(in_words(azure), "AuthenticationFailed: It failed.");
        for plain in ["connection refused", "an <Error> of another kind", "<?xml?>"] {
            assert_eq!(in_words(plain), plain);
        }
    }
}

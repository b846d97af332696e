//! A bucket of an object store: uploads side by side, each made sure of by the tag that the store gives it, or by reading
//! it back where that is no hash that we know.

mod open;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, bail};
use futures_util::{StreamExt, stream};
use md5::{Digest, Md5};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectStore, PutMode, PutOptions, PutPayload, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::{Done, Host, Kind, LocalFile, Progress, RECORD_PATH, Record, Standing, There, redact};
use crate::config::{BucketTarget, Provider};

/// How many requests are under way at once.
const ABREAST: usize = 16;

/// A bucket to publish to.
#[derive(Debug)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    runtime: Runtime,
    name: String,
    prefix: String,
    /// The record as it was read or written last; `None` where there is none.
    version: Option<UpdateVersion>,
    /// Whether the store writes only where nobody else did; some cannot.
    conditional: bool,
}

impl Bucket {
    /// The bucket of `target`, with the environment's credentials. Nothing is sent.
    pub fn new(target: &BucketTarget) -> anyhow::Result<Bucket> {
        let store = open::open(target)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot begin to send")?;
        let scheme = match target.provider {
            Provider::S3 => "s3",
            Provider::Google => "gs",
            Provider::Azure => "az",
        };
        let folder = if target.prefix.is_empty() { String::new() } else { format!("{}/", target.prefix) };
        let name = format!("the bucket `{scheme}://{}/{folder}`", target.bucket);
        let prefix = target.prefix.clone();
        Ok(Bucket { store, runtime, name, prefix, version: None, conditional: true })
    }

    /// The key of a file of the site.
    fn key(&self, path: &str) -> anyhow::Result<Path> {
        let key = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&key)
            .map_err(|_| anyhow::anyhow!("no file of a bucket can be called `{}`", path.escape_debug()))
    }

    /// Every object below the prefix.
    async fn list(&self) -> object_store::Result<BTreeMap<String, There>> {
        let prefix = Path::from(self.prefix.as_str());
        let mut listed = self.store.list((!self.prefix.is_empty()).then_some(&prefix));
        let mut files = BTreeMap::new();
        while let Some(object) = listed.next().await {
            let object = object?;
            let key = object.location.as_ref();
            let path = key.strip_prefix(&self.prefix).unwrap_or(key).trim_start_matches('/');
            files.insert(path.to_owned(), There { size: object.size, tag: object.e_tag.map(stored) });
        }
        Ok(files)
    }

    /// The record, and which version of it this is.
    async fn read_record(&self, key: &Path) -> object_store::Result<Option<(Vec<u8>, UpdateVersion)>> {
        match self.store.get_opts(key, GetOptions::default()).await {
            Ok(found) => {
                let version =
                    UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
                Ok(Some((found.bytes().await?.to_vec(), version)))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Uploads one file; gives back its tag once it is certain that it arrived.
    async fn put(&self, file: &LocalFile) -> anyhow::Result<Option<String>> {
        let key = self.key(&file.path)?;
        let bytes = file.read()?;
        let sum = md5_tag(&bytes);
        let options = PutOptions { attributes: attributes(&file.path), ..PutOptions::default() };
        let what = || format!("cannot upload `{}`", file.path);
        let put = self.store.put_opts(&key, PutPayload::from(bytes), options).await;
        let tag = put.map_err(told).with_context(what)?.e_tag.map(stored);
        if tag.as_ref() != Some(&sum) {
            // An encrypted bucket, or another provider: the tag says nothing of the bytes.
            let back = self.store.get_opts(&key, GetOptions::default()).await;
            let back = match back {
                Ok(back) => back.bytes().await,
                Err(fault) => Err(fault),
            };
            let back = back.map_err(told).with_context(|| format!("cannot read back `{}`", file.path))?;
            anyhow::ensure!(
                *blake3::hash(&back).as_bytes() == file.hash,
                "`{}` is not what was uploaded",
                file.path
            );
        }
        Ok(tag)
    }
}

/// The tag of these bytes in stores that have MD5 for it (RFC 9110, 8.8.3, with the quotation marks).
fn md5_tag(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut tag = String::from("\"");
    for byte in Md5::digest(bytes) {
        write!(tag, "{byte:02x}").expect("a string takes everything");
    }
    tag.push('"');
    tag
}

/// A tag with the quotation marks that some stores leave out in lists.
fn stored(tag: String) -> String {
    if tag.starts_with('"') || tag.starts_with("W/") { tag } else { format!("\"{tag}\"") }
}

/// Whether a store says that it cannot write on a condition.
fn is_unconditional(fault: &Error) -> bool {
    matches!(fault, Error::NotImplemented { .. } | Error::NotSupported { .. })
        || fault.to_string().contains("NotImplemented")
}

fn attributes(path: &str) -> Attributes {
    Attributes::from_iter([
        (Attribute::ContentType, Kind::content_type(path)),
        (Attribute::CacheControl, Kind::cache_control(path)),
    ])
}

/// What a store has to say, without what nobody may see.
fn told(fault: Error) -> anyhow::Error {
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
    let help = match &fault {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            "\n  help: the store refuses the credentials of the environment: are they for this bucket, and may they \
             list, read, write and delete in it?"
        }
        Error::NotFound { .. } => THERE,
        _ if is_no_bucket => THERE,
        _ => "",
    };
    anyhow::anyhow!("{}{help}", redact(&in_words(&words)))
}

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
            let message = part("Message").map(|message| format!(": {message}")).unwrap_or_default();
            format!("{}{code}{message}", &told[..start])
        }
        _ => told.to_owned(),
    }
}

impl Host for Bucket {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn look(&mut self, files: &[LocalFile]) -> anyhow::Result<Standing> {
        use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
        let key = self.key(RECORD_PATH)?;
        let both = async { futures_util::future::try_join(self.list(), self.read_record(&key)).await };
        let looked = self.runtime.block_on(both).map_err(told);
        let (mut there, record) = looked.with_context(|| format!("cannot look into {}", self.name))?;
        there.remove(RECORD_PATH);
        let record = match record {
            None => None,
            Some((bytes, version)) => {
                self.version = Some(version);
                match Record::parse(&bytes) {
                    Ok(record) => Some(record),
                    Err(fault) => bail!(
                        "the record `{RECORD_PATH}` in {} {fault}\n  help: look at it; to begin anew, delete it and \
                         publish with `--adopt`",
                        self.name
                    ),
                }
            }
        };
        // Most files are vouched for by the record: only of the others it is worth knowing what their tag would be.
        let asked: Vec<&LocalFile> = files
            .iter()
            .filter(|file| there.get(&file.path).is_some_and(|it| it.size == file.size && it.tag.is_some()))
            .filter(|file| {
                let known = record.as_ref().and_then(|record| record.files.get(&file.path)?.as_ref());
                known.is_none_or(|known| known.hash != file.hash || known.tag != there[&file.path].tag)
            })
            .collect();
        let tag = |file: &&LocalFile| -> anyhow::Result<(String, String)> {
            Ok((file.path.clone(), md5_tag(&file.read()?)))
        };
        let tags = asked.par_iter().map(tag).collect::<anyhow::Result<_>>()?;
        Ok(Standing { record, files: there, foreign: None, tags })
    }

    fn upload(&mut self, files: &[&LocalFile], progress: Progress<'_>) -> Done {
        let this = &*self;
        let mut done = Done::default();
        this.runtime.block_on(async {
            let puts = files.iter().map(|file| async move { (*file, this.put(file).await) });
            let mut puts = stream::iter(puts).buffer_unordered(ABREAST);
            while let Some((file, put)) = puts.next().await {
                match put {
                    Ok(tag) => {
                        done.files.push((file.path.clone(), tag));
                        progress(file.size);
                    }
                    Err(fault) => {
                        done.fault = Some(fault);
                        break;
                    }
                }
            }
        });
        done
    }

    fn write_record(&mut self, record: &Record) -> anyhow::Result<()> {
        let key = self.key(RECORD_PATH)?;
        let bytes = PutPayload::from(record.print().into_bytes());
        let options =
            |mode| PutOptions { mode, attributes: attributes(RECORD_PATH), ..PutOptions::default() };
        let mode = match &self.version {
            _ if !self.conditional => PutMode::Overwrite,
            None => PutMode::Create,
            Some(version) if version.e_tag.is_some() || version.version.is_some() => {
                PutMode::Update(version.clone())
            }
            Some(_) => PutMode::Overwrite,
        };
        let put = |mode| self.runtime.block_on(self.store.put_opts(&key, bytes.clone(), options(mode)));
        let mut answer = put(mode);
        if answer.as_ref().is_err_and(is_unconditional) {
            self.conditional = false;
            answer = put(PutMode::Overwrite);
        }
        match answer {
            Ok(put) => {
                self.version = Some(UpdateVersion::from(put));
                Ok(())
            }
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => {
                // It may have been ourselves, and the answer was lost on its way.
                match self.runtime.block_on(self.read_record(&key)).map_err(told)? {
                    Some((there, version)) if there == record.print().as_bytes() => {
                        self.version = Some(version);
                        Ok(())
                    }
                    _ => bail!(
                        "somebody else published to {} meanwhile, so no more was done\n  help: publish again when \
                         they are done",
                        self.name
                    ),
                }
            }
            Err(fault) => {
                Err(told(fault)).with_context(|| format!("cannot write the record in {}", self.name))
            }
        }
    }

    fn delete(&mut self, paths: &[String], progress: Progress<'_>) -> Done {
        let mut done = Done::default();
        let keys: anyhow::Result<Vec<(Path, &String)>> =
            paths.iter().map(|path| Ok((self.key(path)?, path))).collect();
        let keys = match keys {
            Ok(keys) => keys,
            Err(fault) => return Done { fault: Some(fault), ..done },
        };
        let by_key: BTreeMap<&Path, &String> = keys.iter().map(|(key, path)| (key, *path)).collect();
        let asked: Vec<object_store::Result<Path>> = keys.iter().map(|(key, _)| Ok(key.clone())).collect();
        self.runtime.block_on(async {
            let mut deleted = self.store.delete_stream(stream::iter(asked).boxed());
            while let Some(answer) = deleted.next().await {
                match answer {
                    Ok(key) => {
                        done.files.extend(by_key.get(&key).map(|path| ((*path).clone(), None)));
                        progress(0);
                    }
                    Err(fault) => {
                        done.fault = Some(told(fault).context("cannot delete"));
                        break;
                    }
                }
            }
        });
        done
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
        for plain in ["connection refused", "an <Error> of another kind", "<?xml?>"] {
            assert_eq!(in_words(plain), plain);
        }
    }
}

//! A target of `site.toml` and the environment's credentials to a store. No credential is read from anywhere else.
#![expect(
    clippy::disallowed_methods,
    reason = "publishing is an edge: credentials come from the environment"
)]

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};

use crate::config::{BucketTarget, Provider};

/// How often a request is tried again, and how long at most: a server that is down for longer is told of.
const RETRIES: usize = 8;
/// The least pause between two tries; each pause is drawn between it and twice the one before. With a shorter one all
/// tries can be over within a second, and a server that is started anew takes longer.
const SHORTEST: Duration = Duration::from_millis(300);
const LONGEST: Duration = Duration::from_secs(60);

/// Opens the store of `target`, unless the environment has no credentials for it. Nothing is sent.
pub(super) fn open(target: &BucketTarget) -> anyhow::Result<Arc<dyn ObjectStore>> {
    // Only the first call takes effect, which is as well: it is the same each time.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    needs(target.provider, |name| set(name).is_some())?;
    if target.provider == Provider::Azure && target.account.is_none() {
        needs_account(|name| set(name).is_some())?;
    }
    // The endpoint of the environment is as much meant as that of the settings.
    let endpoint =
        target.endpoint.clone().or_else(|| endpoints(target.provider).iter().find_map(|name| set(name)));
    let plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    let options = ClientOptions::new()
        .with_allow_http(plain)
        .with_user_agent(reqwest::header::HeaderValue::from_static("dateline"))
        .with_connect_timeout(Duration::from_secs(10))
        .with_timeout(Duration::from_secs(120));
    let backoff = BackoffConfig {
        init_backoff: SHORTEST,
        max_backoff: Duration::from_secs(5),
        ..BackoffConfig::default()
    };
    let retry = RetryConfig { backoff, max_retries: RETRIES, retry_timeout: LONGEST };
    let store: Arc<dyn ObjectStore> = match target.provider {
        Provider::S3 => {
            let mut builder = AmazonS3Builder::from_env().with_bucket_name(&target.bucket);
            if let Some(region) = &target.region {
                builder = builder.with_region(region);
            }
            if let Some(endpoint) = &target.endpoint {
                builder = builder.with_endpoint(endpoint);
            }
            Arc::new(builder.with_client_options(options).with_retry(retry).build().map_err(unusable)?)
        }
        Provider::Google => {
            let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(&target.bucket);
            let builder = match &target.endpoint {
                Some(endpoint) => builder.with_base_url(endpoint),
                None => builder,
            };
            Arc::new(builder.with_client_options(options).with_retry(retry).build().map_err(unusable)?)
        }
        Provider::Azure => {
            let mut builder = MicrosoftAzureBuilder::from_env().with_container_name(&target.bucket);
            if let Some(account) = &target.account {
                builder = builder.with_account(account);
            }
            if let Some(endpoint) = &target.endpoint {
                builder = builder.with_endpoint(endpoint.clone());
            }
            Arc::new(builder.with_client_options(options).with_retry(retry).build().map_err(unusable)?)
        }
    };
    Ok(store)
}

/// The variables that say where a store is.
fn endpoints(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::S3 => &["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"],
        Provider::Google => &[],
        Provider::Azure => &["AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"],
    }
}

fn unusable(fault: object_store::Error) -> anyhow::Error {
    super::told(fault).context("the credentials of the environment, or the endpoint, cannot be used")
}

/// Says that no account is named.
fn needs_account(is_set: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    if !["AZURE_STORAGE_ACCOUNT_NAME", "AZURE_STORAGE_USE_EMULATOR"].into_iter().any(is_set) {
        bail!(
            "the target does not say in which account the container is\n  help: add `account = \"…\"` to it in site.toml, \
             or set `AZURE_STORAGE_ACCOUNT_NAME` in the environment"
        );
    }
    Ok(())
}

/// What is of use to S3 only together.
const PAIRS: [[&str; 2]; 2] = [
    ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"],
];

/// Says which variable is missing. What the machine itself may know (instance roles) is asked only where the environment
/// says that it is there: elsewhere the question would hang.
fn needs(provider: Provider, is_set: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let any = |names: &[&str]| names.iter().any(|name| is_set(name));
    match provider {
        Provider::S3 => {
            // Either goes before all else, and is of no use without the other.
            let keys = any(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
            let given = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_METADATA_ENDPOINT"];
            if !keys && (any(&given) || PAIRS.iter().any(|pair| pair.iter().all(|name| is_set(name)))) {
                return Ok(());
            }
            // Half a pair would lead on to the role of the machine.
            let half = PAIRS.iter().find(|pair| any(&pair[..])).filter(|_| !keys);
            if let Some(pair) = half {
                let missing = pair.iter().find(|name| !is_set(name)).expect("it is half a pair");
                let there = pair.iter().find(|name| is_set(name)).expect("it is half a pair");
                bail!(
                    "`{there}` is set, and `{missing}` is not\n  help: set both, or `AWS_ACCESS_KEY_ID` and \
                     `AWS_SECRET_ACCESS_KEY`, in the environment"
                );
            }
            for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
                if !is_set(name) {
                    bail!(
                        "`{name}` is not set, and without credentials nothing can be published\n  help: set it in the \
                         environment (`eval \"$(aws configure export-credentials --format env)\"` takes it from a \
                         profile); it may never stand in site.toml"
                    );
                }
            }
        }
        Provider::Google => {
            let names = [
                "GOOGLE_APPLICATION_CREDENTIALS",
                "GOOGLE_SERVICE_ACCOUNT",
                "GOOGLE_SERVICE_ACCOUNT_PATH",
                "GOOGLE_SERVICE_ACCOUNT_KEY",
                "GOOGLE_BEARER_TOKEN",
            ];
            if !any(&names) {
                bail!(
                    "`GOOGLE_APPLICATION_CREDENTIALS` is not set, and without credentials nothing can be published\n  \
                     help: set it to the path of a service account's file; it may never stand in site.toml"
                );
            }
        }
        Provider::Azure => {
            let names = [
                "AZURE_STORAGE_ACCOUNT_KEY",
                "AZURE_STORAGE_ACCESS_KEY",
                "AZURE_STORAGE_SAS_KEY",
                "AZURE_STORAGE_SAS_TOKEN",
                "AZURE_STORAGE_TOKEN",
                "AZURE_CLIENT_SECRET",
                "AZURE_STORAGE_CLIENT_SECRET",
                "AZURE_FEDERATED_TOKEN_FILE",
                "AZURE_MSI_ENDPOINT",
                "AZURE_USE_AZURE_CLI",
            ];
            if !any(&names) {
                bail!(
                    "`AZURE_STORAGE_ACCOUNT_KEY` is not set, and without credentials nothing can be published\n  help: \
                     set it, or `AZURE_STORAGE_SAS_TOKEN`, in the environment; it may never stand in site.toml"
                );
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_that_is_missing_is_named() {
        let fault = |provider, set: &[&str]| needs(provider, |name| set.contains(&name)).err();
        let told = |provider, set: &[&str]| fault(provider, set).expect("it is missing").to_string();
        assert!(told(Provider::S3, &[]).starts_with("`AWS_ACCESS_KEY_ID` is not set"));
        assert!(told(Provider::S3, &["AWS_ACCESS_KEY_ID"]).starts_with("`AWS_SECRET_ACCESS_KEY` is not set"));
        assert!(told(Provider::Google, &[]).starts_with("`GOOGLE_APPLICATION_CREDENTIALS` is not set"));
        assert!(
            told(Provider::Azure, &["AZURE_STORAGE_ACCOUNT_NAME"]).contains("`AZURE_STORAGE_ACCOUNT_KEY`")
        );
        assert!(fault(Provider::S3, &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]).is_none());
        for pair in PAIRS {
            assert!(fault(Provider::S3, &pair).is_none());
            for half in pair {
                let told = told(Provider::S3, &[half]);
                assert!(pair.iter().all(|name| told.contains(name)), "{told}");
                assert!(fault(Provider::S3, &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", half]).is_none());
            }
        }
        assert!(told(Provider::S3, &["AWS_METADATA_ENDPOINT", "AWS_ACCESS_KEY_ID"]).contains("SECRET"));
        let account = |set: &[&str]| needs_account(|name| set.contains(&name)).err();
        assert!(account(&[]).expect("it is missing").to_string().contains("`account"));
        assert!(account(&["AZURE_STORAGE_ACCOUNT_NAME"]).is_none());
        assert!(fault(Provider::Azure, &["AZURE_STORAGE_SAS_TOKEN"]).is_none());
    }
}

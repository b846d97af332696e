//! A target of `site.toml` and the environment's credentials to a store. No credential is read from anywhere else.
#![expect(
    clippy::disallowed_methods,
    reason = "publishing is an edge: credentials come from the environment"
)]

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
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
    needs(target.provider, |name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
    let plain = target.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
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
            Arc::new(builder.with_client_options(options).with_retry(retry).build().context(CANNOT)?)
        }
        Provider::Google => {
            let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(&target.bucket);
            let builder = match &target.endpoint {
                Some(endpoint) => builder.with_base_url(endpoint),
                None => builder,
            };
            Arc::new(builder.with_client_options(options).with_retry(retry).build().context(CANNOT)?)
        }
        Provider::Azure => {
            let mut builder = MicrosoftAzureBuilder::from_env().with_container_name(&target.bucket);
            if let Some(account) = &target.account {
                builder = builder.with_account(account);
            }
            if let Some(endpoint) = &target.endpoint {
                builder = builder.with_endpoint(endpoint.clone());
            }
            Arc::new(builder.with_client_options(options).with_retry(retry).build().context(CANNOT)?)
        }
    };
    Ok(store)
}

const CANNOT: &str = "the credentials of the environment cannot be used";

/// Says which variable is missing. What the machine itself may know (instance roles) is asked only where the environment
/// says that it is there: elsewhere the question would hang.
fn needs(provider: Provider, is_set: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let any = |names: &[&str]| names.iter().any(|name| is_set(name));
    match provider {
        Provider::S3 => {
            if any(&[
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "AWS_METADATA_ENDPOINT",
            ]) {
                return Ok(());
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
        assert!(fault(Provider::S3, &["AWS_WEB_IDENTITY_TOKEN_FILE"]).is_none());
        assert!(fault(Provider::Azure, &["AZURE_STORAGE_SAS_TOKEN"]).is_none());
    }
}

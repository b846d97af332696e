//! A bucket of an object store: uploads side by side, each made sure of by the tag that the store gives it, or by reading
//! it back where that is no hash that we know.

mod answers;
mod credentials;
mod open;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, bail};
use futures_util::{StreamExt, stream};
use md5::{Digest, Md5};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
    PutPayload, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::{Done, Host, Kind, LocalFile, Progress, RECORD_PATH, Record, RecordEntry, Standing, There};
use crate::config::{BucketTarget, Provider};

use self::answers::told;
use self::credentials::refuse_broken;

/// How many requests are under way at once.
const ABREAST: usize = 16;

/// After how many uploads the record is looked at again: whether it is still ours.
const BETWEEN_LOOKS: usize = 32;

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
    /// A word that no other run writes into the record.
    run: String,
    /// The record as it was written last.
    written: Record,
}

impl Bucket {
    /// The bucket of `target`, with the environment's credentials. Nothing is sent.
    pub fn new(target: &BucketTarget) -> anyhow::Result<Bucket> {
        refuse_broken(std::env::vars_os())?;
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
        Ok(Bucket {
            store,
            runtime,
            name,
            prefix,
            version: None,
            conditional: true,
            run: run(),
            written: Record::default(),
        })
    }

    /// The key of a file of the site.
    fn key(&self, path: &str) -> anyhow::Result<Path> {
        let key = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&key)
            .map_err(|_| anyhow::anyhow!("no file of a bucket can be called `{}`", path.escape_debug()))
    }

    /// Every object below the prefix.
    async fn list(&self) -> object_store::Result<BTreeMap<String, There>> {
        // As keys are: `Path::from` would write `%7E` for `~`, and find nothing.
        let prefix = Path::parse(&self.prefix)?;
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

    /// Fails where somebody else wrote the record since we did.
    async fn is_ours(&self, key: &Path) -> anyhow::Result<()> {
        let Some(known) = self.version.as_ref().and_then(|version| version.e_tag.as_ref()) else {
            return Ok(());
        };
        let there = self.store.head(key).await;
        match there {
            Ok(there) if there.e_tag.as_ref().is_none_or(|tag| bare(tag) == bare(known)) => Ok(()),
            Ok(_) | Err(Error::NotFound { .. }) => Err(self.overtaken()),
            Err(fault) => Err(told(fault)).with_context(|| format!("cannot look into {}", self.name)),
        }
    }

    fn overtaken(&self) -> anyhow::Error {
        anyhow::anyhow!(
            "somebody else published to {} meanwhile, so no more was done\n  help: publish again when they are done",
            self.name
        )
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

/// A tag as it is compared, where one answer has the quotation marks or a proxy's `W/` and another has not.
fn bare(tag: &str) -> &str {
    tag.trim_start_matches("W/").trim_matches('"')
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
        let key = match this.key(RECORD_PATH) {
            Ok(key) => key,
            Err(fault) => return Done { fault: Some(fault), ..done },
        };
        this.runtime.block_on(async {
            for files in files.chunks(BETWEEN_LOOKS) {
                if let Err(fault) = this.is_ours(&key).await {
                    done.fault = Some(fault);
                    return;
                }
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
                            return;
                        }
                    }
                }
            }
        });
        done
    }

    fn write_record(&mut self, record: &Record) -> anyhow::Result<()> {
        let key = self.key(RECORD_PATH)?;
        if !self.conditional {
            self.runtime.block_on(self.is_ours(&key))?;
        }
        let text = record.print_of(&self.run);
        let bytes = PutPayload::from(text.clone().into_bytes());
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
                self.written = record.clone();
                Ok(())
            }
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => {
                // It may have been ourselves, and the answer was lost on its way.
                match self.runtime.block_on(self.read_record(&key)).map_err(told)? {
                    Some((there, version)) if there == text.as_bytes() => {
                        self.version = Some(version);
                        self.written = record.clone();
                        Ok(())
                    }
                    _ => Err(self.overtaken()),
                }
            }
            Err(fault) => {
                Err(told(fault)).with_context(|| format!("cannot write the record in {}", self.name))
            }
        }
    }

    /// Looks once more at everything that the record says of us: another run may have written between our looks.
    fn finish(&mut self) -> anyhow::Result<()> {
        let there = self.runtime.block_on(self.list()).map_err(told);
        let there = there.with_context(|| format!("cannot look into {}", self.name))?;
        let entries = self.written.files.iter().filter_map(|(path, entry)| Some((path, entry.as_ref()?)));
        let other = |path: &str, entry: &RecordEntry| {
            let tag = there.get(path).map(|it| it.tag.as_ref());
            tag.is_none_or(|tag| entry.tag.is_some() && tag.is_some() && tag != entry.tag.as_ref())
        };
        let others: Vec<&String> =
            entries.filter(|(path, entry)| other(path, entry)).map(|(path, _)| path).collect();
        if let Some(first) = others.first() {
            bail!(
                "somebody changed {} of the files in {} while they were published, `{first}` for one\n  help: publish \
                 again when they are done",
                others.len(),
                self.name
            );
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[String], progress: Progress<'_>) -> Done {
        let mut done = Done::default();
        let looked = self.key(RECORD_PATH).and_then(|key| self.runtime.block_on(self.is_ours(&key)));
        if let Err(fault) = looked {
            return Done { fault: Some(fault), ..done };
        }
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

/// A word that no other run has, for all that is known: of the moment and the process.
#[expect(clippy::disallowed_methods, reason = "publishing is an edge: no two runs are of one moment")]
fn run() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&now.as_nanos().to_le_bytes()).update(&std::process::id().to_le_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}

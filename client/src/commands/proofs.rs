//! `testudo prove` and `testudo verify`

use super::{read_input, Context, Output};
use crate::{
	chain::types::RecordInfo,
	cli::{Audience, Prove, Verify},
	error::Error,
	export::may_export,
	private,
	proof::{ProofFile, Registered},
	render,
	store::status_name,
};
use clap::ValueEnum;
use cti_primitives::Scope;
use serde_json::json;
use std::{io::Read, path::Path};

/// Bytes of the largest proof file: one object, escaped, and its hashes.
const MAX_PROOF: u64 = 4 << 20;

pub async fn prove(context: &Context, options: &Prove) -> Result<Output, Error> {
	let store = context.store()?;
	let row = store.record(options.record)?;
	let object = store.object(options.record, &options.object)?;
	let scope = Scope::from(options.audience);
	if !may_export(&store, &row, scope)? {
		return Err(Error::Marking {
			reason: format!(
				"{} does not permit handing the object on to {}",
				row.announced.tlp,
				whom(options.audience)
			),
			advice: "a proof holds its object: narrow --for, or ask the author".into(),
		});
	}
	let identity = context.identity()?;
	let chain = context.chain().await?;
	let opened = context.opened(&chain, &identity, options.record).await?;
	let proof = ProofFile::make(options.record, &opened, object.position)?;
	let mut text = serde_json::to_vec_pretty(&proof).map_err(|e| Error::Internal(e.to_string()))?;
	text.push(b'\n');
	match &options.out {
		None => Ok(Output::Raw(text)),
		Some(path) => {
			let failed = |source| Error::Io { doing: "write", path: path.clone(), source };
			private::put(path, |file| file.write_all(&text).map_err(failed))?;
			let said = format!(
				"proved that {} is in record {}: {}\nIt holds the object itself, marked {}: hand it on accordingly.",
				render::clean(&object.id),
				options.record,
				path.display(),
				row.announced.tlp
			);
			Output::report(json!({ "file": path, "record": options.record.to_string(), "object": object.id }), said)
		}
	}
}

/// As `--for` says it.
fn whom(audience: Audience) -> String {
	audience.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
}

pub async fn verify(context: &Context, options: &Verify) -> Result<Output, Error> {
	let proof = read(&options.proof)?;
	proof.check()?;
	let object = proof.object_id().unwrap_or_else(|| "an object without id".into());
	let mut json = json!({
		"verified": !options.offline,
		"consistent": true,
		"record": proof.record.to_string(),
		"object": object,
		"marking": proof.marking,
		"envelope": hex::encode(proof.envelope),
		"chain": null,
	});
	let object = render::clean(&object);
	if options.offline {
		let text = format!(
			"{object} belongs under the root in the file\nNOT checked against the chain: leave --offline out for that"
		);
		return Output::report(json, text);
	}
	let info = check_on_chain(context, &proof).await?;
	let status = status_name(*info.status);
	json["chain"] = json!({ "status": status, "block": info.at.0, "published": info.published });
	let text = format!(
		"verified: {object} is in record {}, which member {} registered in block {} ({status}, {})",
		proof.record, proof.record.author, info.at.0, *info.tlp
	);
	Output::report(json, text)
}

fn read(path: &Path) -> Result<ProofFile, Error> {
	let mut bytes = Vec::new();
	let source = read_input(path)?;
	let read = source.take(MAX_PROOF).read_to_end(&mut bytes);
	read.map_err(|e| Error::input(path, e, "give a file that `testudo prove` wrote"))?;
	ProofFile::read(&bytes, path)
}

async fn check_on_chain(context: &Context, proof: &ProofFile) -> Result<RecordInfo, Error> {
	let chain = context.chain().await?;
	let info = chain.head().await?.record(proof.record).await?;
	let RecordInfo { id, objects_root, leaves, .. } = info;
	proof.check_registered(&Registered { genesis: chain.genesis(), id, objects_root, leaves })?;
	match *info.tlp == proof.marking {
		true => Ok(info),
		false => Err(Error::Verification { reason: format!("the chain has the record marked {}", *info.tlp) }),
	}
}

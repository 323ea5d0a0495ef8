//! `testudo completions` and `testudo man`

use super::Output;
use crate::{
	cli::{Cli, Completions, Man},
	error::Error,
};
use clap::CommandFactory;
use serde_json::json;
use std::fs;

pub fn completions(options: Completions) -> Result<Output, Error> {
	let mut script = Vec::new();
	clap_complete::generate(options.shell, &mut Cli::command(), "testudo", &mut script);
	Ok(Output::Raw(script))
}

pub fn man(options: &Man) -> Result<Output, Error> {
	let command = Cli::command();
	let Some(folder) = &options.out else {
		let mut page = Vec::new();
		let rendered = clap_mangen::Man::new(command).render(&mut page);
		rendered.map_err(|e| Error::Internal(format!("writing the page: {e}")))?;
		return Ok(Output::Raw(page));
	};
	let failed = |source| Error::Io { doing: "write into", path: folder.clone(), source };
	fs::create_dir_all(folder).map_err(failed)?;
	clap_mangen::generate_to(command, folder).map_err(failed)?;
	let pages = fs::read_dir(folder).map_err(failed)?.count();
	Output::report(
		json!({ "folder": folder, "pages": pages }),
		format!("wrote {pages} pages; read them with `man {}`", folder.join("testudo.1").display()),
	)
}

//! `testudo attack coverage` and `testudo attack layer`: the consortium's picture of ATT&CK.

use super::{Context, Output};
use crate::{
	attack::{
		coverage::{Cell, Column, Coverage, Matrix, Seen},
		layer, picture,
	},
	chain::View,
	cli,
	error::Error,
	export, private, render,
	store::{RecordFilter, RecordRow, Store},
	time,
};
use cti_primitives::{Domain, Scope, TechniqueId};
use serde_json::{json, Value};
use std::path::Path;

/// Techniques of one tactic that the table names.
const NAMED: usize = 12;

pub async fn coverage(context: &Context, options: &cli::Coverage) -> Result<Output, Error> {
	let coverage = covered(context, options).await?;
	let columns = coverage.columns.iter().map(|column| {
		let cells = column
			.cells
			.iter()
			.filter(|cell| !cell.seen.records.is_empty())
			.map(|cell| document(cell.id, &cell.name, &cell.seen));
		let without = column.cells.iter().filter(|cell| cell.seen.records.is_empty());
		let without = without.map(|cell| json!({ "technique": cell.id, "name": cell.name }));
		json!({
			"tactic": column.shortname,
			"name": column.name,
			"techniques": column.cells.len(),
			"covered": cells.collect::<Vec<_>>(),
			"uncovered": without.collect::<Vec<_>>(),
		})
	});
	let elsewhere = coverage.elsewhere.iter().map(|(id, seen)| document(*id, &id.to_string(), seen));
	let json = json!({
		"domain": coverage.domain,
		"version": coverage.version,
		"records": coverage.records,
		"tactics": columns.collect::<Vec<_>>(),
		"elsewhere": elsewhere.collect::<Vec<_>>(),
	});
	Output::report(json, text(&coverage))
}

pub async fn layer(context: &Context, options: &cli::Layer) -> Result<Output, Error> {
	let coverage = covered(context, &options.coverage).await?;
	let title = "Testudo: techniques in shared threat intelligence";
	let subtitle = subtitle(&coverage, &options.coverage);
	let mut files = Vec::new();
	if let Some(path) = &options.svg {
		write(path, picture::picture(&coverage, title, &subtitle).as_bytes())?;
		files.push(path.display().to_string());
	}
	if let Some(path) = &options.out {
		let layer = layer::layer(&coverage, title, &subtitle);
		if path.as_os_str() == "-" {
			return Ok(Output::Raw(format!("{layer:#}\n").into_bytes()));
		}
		write(path, format!("{layer:#}\n").as_bytes())?;
		files.push(path.display().to_string());
	}
	let covered = coverage.cells().filter(|cell| !cell.seen.records.is_empty()).map(|cell| cell.id);
	let covered = covered.collect::<std::collections::BTreeSet<_>>().len() as u64;
	let records = render::count(coverage.records as u64, "record");
	let text = format!("wrote {}: {} in {records}", files.join(" and "), render::count(covered, "technique"));
	Output::report(json!({ "files": files, "techniques": covered, "records": coverage.records }), text)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
	let failed = |source| Error::Io { doing: "write", path: path.into(), source };
	private::put(path, |file| file.write_all(bytes).map_err(failed))
}

async fn covered(context: &Context, options: &cli::Coverage) -> Result<Coverage, Error> {
	let store = context.store()?;
	let view = context.chain().await?.head().await?;
	let matrix = matrix(&view, options.domain.into()).await?;
	let records = records(&store, &view, options).await?;
	Ok(matrix.cover(&records))
}

async fn matrix(view: &View, domain: Domain) -> Result<Matrix, Error> {
	let version = Matrix::version_in(domain, &view.catalogue_versions().await?);
	let missing = || {
		Error::not_found(format!("the chain has no catalogue of {}", domain.name()), "see docs/governance.md, imports")
	};
	let tactics = view.matrix(domain).await?.into_iter();
	let tactics = tactics.map(|(tactic, ids)| (tactic.shortname, tactic.name, ids.into_iter().map(|id| *id).collect()));
	Ok(Matrix {
		domain,
		version: version.ok_or_else(missing)?,
		tactics: tactics.collect(),
		catalogue: view.catalogue().await?,
	})
}

/// The live records that match and that may be handed to those whom it is for.
async fn records(store: &Store, view: &View, options: &cli::Coverage) -> Result<Vec<RecordRow>, Error> {
	let (now, scope) = (time::now(), Scope::from(options.audience));
	let mut records = Vec::new();
	for row in store.records(RecordFilter::default())? {
		let of_group = |group| row.announced.audience.iter().any(|(of, _)| *of == group);
		let matches = row.status(now).is_live()
			&& options.group.is_none_or(of_group)
			&& options.since.is_none_or(|since| row.announced.published >= since);
		// A node that is asked learns nothing of which records can be opened.
		if matches && is_credible(view, &row, options).await? && export::may_export(store, &row, scope)? {
			records.push(row);
		}
	}
	Ok(records)
}

async fn is_credible(view: &View, row: &RecordRow, options: &cli::Coverage) -> Result<bool, Error> {
	let Some(least) = options.min_credibility else { return Ok(true) };
	let info = view.credibility(row.announced.record).await?;
	Ok(info.is_some_and(|info| info.credibility.number() <= least))
}

fn subtitle(coverage: &Coverage, options: &cli::Coverage) -> String {
	let of = |what: &str, value: Option<String>| value.map(|value| format!("{what} {value}"));
	let parts = [
		Some(format!("{} {}", coverage.domain.name(), coverage.version)),
		Some(render::count(coverage.records as u64, "record")),
		of("group", options.group.map(|group| group.to_string())),
		of("since", options.since.map(time::readable)),
		of("credibility at least", options.min_credibility.map(|least| least.to_string())),
		Some(format!("drawn {} UTC", time::readable(time::now()))),
	];
	parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn document(id: TechniqueId, name: &str, seen: &Seen) -> Value {
	let records: Vec<String> = seen.records.iter().map(ToString::to_string).collect();
	json!({ "technique": id, "name": name, "records": records, "newest": seen.newest })
}

fn text(coverage: &Coverage) -> String {
	let Coverage { domain, version, records, elsewhere, .. } = coverage;
	let cells = coverage.columns.iter().map(|column| {
		let covered = column.cells.iter().filter(|cell| !cell.seen.records.is_empty()).count();
		[render::clean(&column.name), format!("{covered} of {}", column.cells.len()), named(column)]
	});
	let table = render::table(["Tactic", "Techniques", "Records: technique"], cells);
	let head = format!("{} {version}, {}", domain.name(), render::count(*records as u64, "record"));
	let line = |(id, seen): (&TechniqueId, &Seen)| format!("{id} ({})", seen.records.len());
	let lost: Vec<String> = elsewhere.iter().map(line).collect();
	match lost.is_empty() {
		true => format!("{head}\n{table}"),
		false => format!("{head}\n{table}\nnot in this matrix: {}", lost.join(", ")),
	}
}

/// The techniques of a tactic that records name, the most frequent first.
fn named(column: &Column) -> String {
	let mut covered: Vec<&Cell> = column.cells.iter().filter(|cell| !cell.seen.records.is_empty()).collect();
	covered.sort_by_key(|cell| (std::cmp::Reverse(cell.seen.records.len()), cell.id));
	let line = |cell: &&Cell| format!("{:>4}: {} {}", cell.seen.records.len(), cell.id, render::clean(&cell.name));
	let mut lines: Vec<String> = covered.iter().take(NAMED).map(line).collect();
	if covered.len() > NAMED {
		lines.push(format!("      and {} more, which --json lists", covered.len() - NAMED));
	}
	lines.join("\n")
}

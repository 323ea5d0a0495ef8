//! `testudo doctor`

use super::{print_bytes, print_json, Context, Output};
use crate::{
	doctor::{self, Finding, Health},
	error::Error,
	guard, render,
	store::{Place, Store},
};
use serde_json::json;

pub async fn run(context: &Context) -> Result<Output, Error> {
	let found = look(context).await?;
	let ill = found.iter().filter(|one| one.health == Health::Ill).map(|one| one.what.clone());
	let ill: Vec<String> = ill.collect();
	let rows = found.iter().map(|one| {
		let mark = match one.health {
			Health::Well => "✓",
			Health::Look => "!",
			Health::Ill => "✗",
		};
		let advice = one.advice.as_deref().map(|advice| format!("\n→ {advice}")).unwrap_or_default();
		[mark.into(), one.what.clone(), format!("{}{}", render::clean(&one.seen), render::clean(&advice))]
	});
	let text = render::table(["", "What", "Seen"], rows);
	let json = json!({ "healthy": ill.is_empty(), "findings": found });
	if ill.is_empty() {
		return Output::report(json, text);
	}
	match context.global.json {
		true => print_json(&json),
		false => print_bytes(format!("{text}\n").as_bytes()),
	}
	Err(Error::Unwell { ill })
}

/// Each thing is looked at, whatever was wrong with those before it.
async fn look(context: &Context) -> Result<Vec<Finding>, Error> {
	let mut found = Vec::new();
	let identity = match context.identity() {
		Ok(identity) => {
			found.push(Finding::well("identity", format!("{}, account {}", identity.name, identity.account_id())));
			Some(identity)
		}
		Err(error) => {
			found.push(Finding::failed("identity", &error));
			None
		}
	};
	let mut head = None;
	match context.chain().await {
		Err(error) => found.push(Finding::failed("node", &error)),
		Ok(chain) => {
			let view = chain.head().await?;
			head = Some(view.block().number);
			found.extend(doctor::node(&chain, &view).await?);
			if let Some(identity) = &identity {
				let keyring = match context.keyring(&chain, identity).await {
					Ok(keyring) => keyring,
					Err(error) => {
						found.push(Finding::failed("membership", &error));
						return Ok(found);
					}
				};
				let (more, member) = doctor::membership(&view, identity, &keyring).await?;
				found.extend(more);
				if let Some(member) = member {
					found.extend(doctor::feeds(&chain, &view, member).await?);
				}
			}
		}
	}
	if let Ok(place) = context.place() {
		found.push(store(&place, head)?);
	}
	found.push(own_names());
	Ok(found)
}

fn store(place: &Place, head: Option<u32>) -> Result<Finding, Error> {
	match Store::open_existing(place) {
		Ok(store) => doctor::store(&store, head, store.is_being_written()?),
		Err(Error::NotFound { .. }) => {
			let seen = format!("there is none in {place}");
			Ok(Finding::look("store", seen, "fill it with `testudo sync`, or run `testudo agent`"))
		}
		Err(error) => Ok(Finding::failed("store", &error)),
	}
}

/// The leak guard knows what is the house's own only if somebody wrote it down.
fn own_names() -> Finding {
	let what = "leak guard";
	let path = match guard::usual_list() {
		Ok(path) => path,
		Err(error) => return Finding::failed(what, &error),
	};
	match guard::read_list(&path, false) {
		Err(error) => Finding::failed(what, &error),
		Ok(_) if path.exists() => Finding::well(what, format!("knows your own names from {}", path.display())),
		Ok(_) => Finding::look(
			what,
			format!("there is no {}", path.display()),
			"write down your own domains, networks and words: docs/sharing.md, Leak guard",
		),
	}
}

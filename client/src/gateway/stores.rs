//! Open connections to the local store, for many requests at once.

use crate::{
	error::Error,
	store::{Place, Store},
};
use std::sync::{Arc, Mutex, PoisonError};

/// Opens the store as often as requests need it at the same time, and keeps what is open for the next ones.
#[derive(Clone)]
pub struct Stores {
	place: Place,
	open: Arc<Mutex<Vec<Store>>>,
}

impl Stores {
	/// Of the store here, which must be there.
	pub fn open(place: Place) -> Result<Self, Error> {
		let first = Store::open_existing(&place)?;
		Ok(Self { place, open: Arc::new(Mutex::new(vec![first])) })
	}

	/// Asks the store, away from the threads that wait for the network.
	pub async fn ask<T: Send + 'static>(
		&self,
		ask: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
	) -> Result<T, Error> {
		let stores = self.clone();
		let asked = tokio::task::spawn_blocking(move || {
			let kept = stores.open.lock().unwrap_or_else(PoisonError::into_inner).pop();
			let store = kept.map_or_else(|| Store::open_existing(&stores.place), Ok)?;
			let answer = ask(&store)?;
			// After a failure it is opened anew: it may have been made anew, too.
			stores.open.lock().unwrap_or_else(PoisonError::into_inner).push(store);
			Ok(answer)
		});
		asked.await.map_err(|e| Error::Internal(format!("asking the store: {e}")))?
	}
}

//! JSON-RPC beside what every Substrate node serves: nonces and fees. Testudo's own reads are runtime APIs.

use crate::service::{FullClient, FullPool};
use jsonrpsee::RpcModule;
use polkadot_sdk::{
	pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer},
	sc_service,
	substrate_frame_rpc_system::{System, SystemApiServer},
};
use std::sync::Arc;

/// The methods.
pub fn methods(client: Arc<FullClient>, pool: Arc<FullPool>) -> Result<RpcModule<()>, sc_service::Error> {
	let build = || -> Result<_, Box<dyn std::error::Error + Send + Sync>> {
		let mut module = RpcModule::new(());
		module.merge(System::new(client.clone(), pool).into_rpc())?;
		module.merge(TransactionPayment::new(client).into_rpc())?;
		Ok(module)
	};
	build().map_err(Into::into)
}

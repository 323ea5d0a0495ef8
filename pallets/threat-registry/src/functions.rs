//! What the calls, the hooks and the other pallets do.

use crate::{pallet::*, types::*, weights::WeightInfo};
use alloc::vec::Vec;
use cti_envelope::{
	epoch::publication,
	reader::{self, Statement},
	Anchor, Author, Header, Parsed, MAX_AUDIENCE, MAX_PAYLOAD,
};
use cti_primitives::{
	record::{Sighting, MAX_TECHNIQUES},
	AuthorId, Draft, Groups, Hash, MemberId, Members, OnSighting, RecordId, RecordStatus, Registry, Role, Standing,
	Taxonomy, TechniqueId, TechniqueKey, Tlp, WRAP_LEN,
};
use frame::{
	deps::{
		frame_support::weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, WeightMeter},
		sp_core::ed25519,
		sp_io,
	},
	prelude::*,
	traits::UnixTime,
};

/// The most that one call, or one block's expiries, may weigh: it fits a block of half a second. The proof shares
/// its part with the call's own bytes.
const WORST_CASE: Weight = Weight::from_parts(110u64.saturating_mul(WEIGHT_REF_TIME_PER_MILLIS), 600_000);

/// An envelope that the call brings, or that lies elsewhere.
enum Envelope<'a> {
	Here(Parsed<'a>),
	Elsewhere(Anchor),
}

impl Envelope<'_> {
	fn header(&self) -> &Header {
		match self {
			Self::Here(parsed) => &parsed.header,
			Self::Elsewhere(anchor) => &anchor.header,
		}
	}

	fn id(&self) -> Hash {
		match self {
			Self::Here(parsed) => parsed.id_with(sp_io::hashing::blake2_256),
			Self::Elsewhere(anchor) => anchor.id_with(sp_io::hashing::blake2_256),
		}
	}

	fn into_header(self) -> Header {
		match self {
			Self::Here(parsed) => parsed.header,
			Self::Elsewhere(anchor) => anchor.header,
		}
	}
}

/// A publication, and what its weight depended on.
pub(crate) struct Published {
	pub(crate) record: RecordId,
	pub(crate) bytes: u32,
	pub(crate) techniques: u32,
	pub(crate) groups: u32,
	pub(crate) ends: u32,
}

impl<T: Config> Pallet<T> {
	/// The member for which the origin publishes.
	pub(crate) fn ensure_publisher(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		Self::ensure_role(origin, Role::may_publish, Error::<T>::RoleMayNotPublish)
	}

	/// The member for which the origin reports sightings.
	pub(crate) fn ensure_reader(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		Self::ensure_role(origin, Role::may_judge, Error::<T>::RoleMayNotSight)
	}

	fn ensure_role(
		origin: OriginFor<T>,
		permits: impl Fn(Role) -> bool,
		refusal: Error<T>,
	) -> Result<MemberId, DispatchError> {
		let account = ensure_signed(origin)?;
		let actor = T::Members::actor(&account).ok_or(Error::<T>::NotAMember)?;
		ensure!(permits(actor.role), refusal);
		Ok(actor.member)
	}

	pub(crate) fn ensure_active(member: MemberId) -> DispatchResult {
		match T::Members::standing(member) {
			Some(Standing::Active) => Ok(()),
			Some(_) => Err(Error::<T>::NotActive.into()),
			None => Err(Error::<T>::UnknownMember.into()),
		}
	}

	/// Weight of `publish` before the envelope's groups are known.
	pub(crate) fn weight_of_publish(draft: &Draft, payload: &Payload) -> Weight {
		let (bytes, techniques, ends) = drivers(draft, payload);
		T::WeightInfo::publish(bytes, techniques, MAX_AUDIENCE, ends)
	}

	/// Weight of `revise` before the envelope's groups are known.
	pub(crate) fn weight_of_revise(draft: &Draft, payload: &Payload) -> Weight {
		let (bytes, techniques, ends) = drivers(draft, payload);
		T::WeightInfo::revise(bytes, techniques, MAX_AUDIENCE, ends)
	}

	/// Weight of `anchor` before the envelope's groups are known.
	pub(crate) fn weight_of_anchor(draft: &Draft) -> Weight {
		let techniques = draft.techniques.len().saturated_into();
		T::WeightInfo::anchor(techniques, MAX_AUDIENCE, draft.valid_until.is_some().into())
	}

	pub(crate) fn now() -> u64 {
		T::Time::now().as_secs()
	}

	fn genesis() -> Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::default()).into()
	}

	/// Where the running extrinsic is.
	pub(crate) fn location() -> Result<Location, DispatchError> {
		let extrinsic = frame_system::Pallet::<T>::extrinsic_index().ok_or(Error::<T>::OutsideExtrinsic)?;
		Ok((frame_system::Pallet::<T>::block_number().saturated_into(), extrinsic))
	}

	/// Registers `payload` as the member's next record, in place of its record `revises`.
	pub(crate) fn do_publish(
		member: MemberId,
		draft: &Draft,
		payload: &[u8],
		revises: Option<u32>,
	) -> Result<Published, DispatchError> {
		let end = Self::check_draft(draft)?;
		ensure!(payload.len() <= MAX_PAYLOAD, Error::<T>::PayloadTooLong);
		let envelope = Envelope::Here(cti_envelope::parse(payload).map_err(Error::<T>::from)?);
		Self::register_envelope(member, draft, end, envelope, payload.len().saturated_into(), revises)
	}

	/// Registers an envelope that lies at `location` as the member's next record, in place of its record `revises`.
	pub(crate) fn do_anchor(
		member: MemberId,
		draft: &Draft,
		anchor: Anchor,
		location: Url,
		revises: Option<u32>,
	) -> Result<Published, DispatchError> {
		let end = Self::check_draft(draft)?;
		ensure!(is_location(&location), Error::<T>::InvalidLocation);
		anchor.header.check().map_err(Error::<T>::from)?;
		let bytes = u32::try_from(anchor.envelope_len()).map_err(|_| Error::<T>::PayloadTooLong)?;
		let published = Self::register_envelope(member, draft, end, Envelope::Elsewhere(anchor), bytes, revises)?;
		Self::deposit_event(Event::RecordAnchored { record: published.record, location });
		Ok(published)
	}

	/// From cheap to dear: what memory knows, then one read after the other, then the hash of the envelope.
	fn register_envelope(
		member: MemberId,
		draft: &Draft,
		end: Option<Day>,
		envelope: Envelope<'_>,
		bytes: u32,
		revises: Option<u32>,
	) -> Result<Published, DispatchError> {
		let at = Self::location()?;
		let published = Self::now();
		Self::check_header(member, draft, envelope.header())?;
		if let Some(n) = revises {
			Self::supersede(RecordId { author: member.into(), n }, published)?;
		}
		let n = T::Members::take_record_number(member).map_err(Error::<T>::from)?;
		let signers = Self::check_audience(member, draft, envelope.header())?;
		if !draft.techniques.is_empty() {
			T::Taxonomy::check_all(&draft.techniques).map_err(|_| Error::<T>::UnknownTechnique)?;
		}

		let envelope_id = envelope.id();
		Self::check_group_proofs(member, draft, &signers, &envelope_id)?;
		let header = envelope.into_header();
		let groups = header.audience.len().saturated_into();
		let record = Record {
			id: envelope_id,
			reader_key: header.reader_key,
			objects_root: header.objects_root,
			height: header.leaves.trailing_zeros().saturated_into(),
			bytes,
			tlp: header.tlp,
			audience: header.audience,
			direct: header.direct,
			at,
			published,
			end,
			revises,
			status: RecordStatus::Open,
			sightings: 0,
			false_positives: 0,
		};
		let id = RecordId { author: member.into(), n };
		Self::register(id, record, draft);
		let techniques = draft.techniques.len().saturated_into();
		Ok(Published { record: id, bytes, techniques, groups, ends: end.is_some().into() })
	}

	/// Checks the draft alone and gives the day at which the record is to end.
	fn check_draft(draft: &Draft) -> Result<Option<Day>, DispatchError> {
		ensure!(draft.techniques.is_sorted_by(|a, b| a < b), Error::<T>::TechniquesNotAscending);
		let Some(valid_until) = draft.valid_until else { return Ok(None) };
		ensure!(valid_until > Self::now(), Error::<T>::EndInPast);
		Ok(Some(Day::not_before(valid_until).ok_or(Error::<T>::EndTooFar)?))
	}

	/// Checks all of the envelope that needs no state but the genesis hash.
	fn check_header(member: MemberId, draft: &Draft, header: &Header) -> DispatchResult {
		ensure!(header.genesis == Self::genesis(), Error::<T>::OtherChain);
		ensure!(header.author == Author::Member(member), Error::<T>::OtherAuthor);
		ensure!(header.tlp != Tlp::Red || header.audience.is_empty(), Error::<T>::RedToGroup);
		ensure!(
			draft.techniques.is_empty() || header.tlp.permits_public_techniques(draft.disclose_techniques),
			Error::<T>::TechniquesNotPublic
		);
		Ok(())
	}

	/// Checks that every group of the envelope takes it, and gives the keys by which hidden ones want it signed.
	fn check_audience(member: MemberId, draft: &Draft, header: &Header) -> Result<Vec<[u8; 32]>, DispatchError> {
		let has_techniques = !draft.techniques.is_empty();
		let mut signers = Vec::new();
		for (group, epoch) in &header.audience {
			let signer = T::Groups::may_publish(member, *group, *epoch, header.tlp, has_techniques);
			signers.extend(signer.map_err(Error::<T>::from)?);
		}
		ensure!(signers.len() == draft.group_proofs.len(), Error::<T>::WrongNumberOfGroupProofs);
		Ok(signers)
	}

	/// Checks that somebody in each hidden group signed for this member and this envelope.
	fn check_group_proofs(member: MemberId, draft: &Draft, signers: &[[u8; 32]], id: &Hash) -> DispatchResult {
		if signers.is_empty() {
			return Ok(());
		}
		let message = publication(&Self::genesis(), member, id);
		for (signer, proof) in signers.iter().zip(&draft.group_proofs) {
			let (signature, key) = (ed25519::Signature::from_raw(*proof), ed25519::Public::from_raw(*signer));
			ensure!(sp_io::crypto::ed25519_verify(&signature, &message, &key), Error::<T>::InvalidGroupProof);
		}
		Ok(())
	}

	/// Ends the author's live record, because another takes its place.
	fn supersede(id: RecordId, now: u64) -> DispatchResult {
		let mut record = Self::live_record(id, now)?;
		Self::retire(id, &mut record, RecordStatus::Superseded);
		Records::<T>::insert(id, record);
		Ok(())
	}

	fn register(id: RecordId, record: Record, draft: &Draft) {
		// The event below raises the count, so that the next record of this extrinsic comes after this one.
		let place = Place::new(record.at, frame_system::Pallet::<T>::event_count());
		for technique in &draft.techniques {
			ByTechnique::<T>::insert(TechniqueKey::from(*technique), place, id);
		}
		if let Some(end) = record.end {
			ExpiryQueue::<T>::insert(end, id, ());
		}
		Records::<T>::insert(id, &record);
		Self::deposit_event(Event::RecordPublished {
			record: id,
			leaves: record.leaves(),
			id: record.id,
			tlp: record.tlp,
			audience: record.audience,
			direct: record.direct,
			techniques: draft.techniques.clone(),
			at: record.at,
			bytes: record.bytes,
			published: record.published,
			valid_until: record.end.map(Day::begins),
			revises: record.revises,
		});
	}

	pub(crate) fn live_record(id: RecordId, now: u64) -> Result<Record, DispatchError> {
		let record = Records::<T>::get(id).ok_or(Error::<T>::RecordNotFound)?;
		ensure!(record.status_at(now).is_live(), Error::<T>::RecordNotLive);
		Ok(record)
	}

	/// Gives the record its last status. Only live records are in the expiry queue.
	pub(crate) fn retire(id: RecordId, record: &mut Record, status: RecordStatus) {
		if let (true, Some(end)) = (record.status.is_live(), record.end) {
			ExpiryQueue::<T>::remove(end, id);
		}
		record.status = status;
	}

	pub(crate) fn do_withdraw(id: RecordId, reason: WithdrawalReason) -> DispatchResult {
		let mut record = Records::<T>::get(id).ok_or(Error::<T>::RecordNotFound)?;
		ensure!(record.status != RecordStatus::Withdrawn, Error::<T>::AlreadyWithdrawn);
		Self::retire(id, &mut record, RecordStatus::Withdrawn);
		Records::<T>::insert(id, record);
		Self::deposit_event(Event::RecordWithdrawn { record: id, reason });
		Ok(())
	}

	pub(crate) fn do_sight(by: MemberId, id: RecordId, sighting: Sighting, proof: &[u8; 64]) -> DispatchResult {
		let now = Self::now();
		// One organisation is one source and one user, also after it left and came back.
		let first = T::Members::first_identity(by);
		ensure!(Self::first_author(id.author) != AuthorId::from(first), Error::<T>::OwnRecord);
		ensure!(sighting.count > 0, Error::<T>::InvalidCount);
		ensure!(sighting.first_seen <= sighting.last_seen, Error::<T>::IntervalReversed);
		ensure!(sighting.last_seen <= now.saturating_add(CLOCK_TOLERANCE), Error::<T>::SightingInFuture);
		Self::ensure_active(by)?;
		let mut record = Self::live_record(id, now)?;
		ensure!(Self::is_reader(by, id, &record, proof), Error::<T>::InvalidProof);

		let published = record.published;
		let previous = Sightings::<T>::mutate(id, first, |report| report.replace(sighting.kind, sighting.count));
		if previous.is_none() {
			record.add_reporter(sighting.kind);
			Records::<T>::insert(id, record);
		}
		T::OnSighting::on_sighting(id, published, by, &sighting, previous);
		Self::deposit_event(Event::RecordSighted { record: id, by, sighting, previous });
		Ok(())
	}

	/// The number under which the organisation behind an author was first admitted.
	pub(crate) fn first_author(author: AuthorId) -> AuthorId {
		author.member().map_or(author, |member| T::Members::first_identity(member).into())
	}

	/// Did somebody who could open the record sign for `by`?
	fn is_reader(by: MemberId, id: RecordId, record: &Record, proof: &[u8; 64]) -> bool {
		let message = reader::message(Statement::Sight, &Self::genesis(), id, &record.id, by);
		sp_io::crypto::ed25519_verify(
			&ed25519::Signature::from_raw(*proof),
			&message,
			&ed25519::Public::from_raw(record.reader_key),
		)
	}

	pub(crate) fn do_extend(member: MemberId, n: u32, valid_until: u64) -> DispatchResult {
		let end = Day::not_before(valid_until).ok_or(Error::<T>::EndTooFar)?;
		Self::ensure_active(member)?;
		let id = RecordId { author: member.into(), n };
		let mut record = Self::live_record(id, Self::now())?;
		let previous = record.end.ok_or(Error::<T>::NoEnd)?;
		ensure!(end > previous, Error::<T>::EndNotLater);
		record.end = Some(end);
		ExpiryQueue::<T>::remove(previous, id);
		ExpiryQueue::<T>::insert(end, id, ());
		Records::<T>::insert(id, record);
		Self::deposit_event(Event::RecordExtended {
			record: id,
			previous: previous.begins(),
			valid_until: end.begins(),
		});
		Ok(())
	}

	/// Expires what has ended, as much as `limit` and [`MAX_EXPIRIES`] allow, and gives the weight of it.
	pub(crate) fn expire_within(limit: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(limit);
		let look = T::WeightInfo::expire(0);
		if meter.try_consume(look).is_err() {
			return Weight::zero();
		}
		let each = T::WeightInfo::expire(1).saturating_sub(look);
		let affordable = meter.remaining().checked_div_per_component(&each).unwrap_or(u64::MAX);
		let expired = Self::expire_ended(affordable.saturated_into::<u32>().min(MAX_EXPIRIES));
		meter.consume(each.saturating_mul(expired.into()));
		meter.consumed()
	}

	/// Expires at most `most` of the records that have ended, the earliest end first, and counts them.
	pub(crate) fn expire_ended(most: u32) -> u32 {
		let now = Self::now();
		let due = ExpiryQueue::<T>::iter_keys().take(most.saturated_into()).take_while(|(end, _)| end.has_begun(now));
		let due: Vec<(Day, RecordId)> = due.collect();
		for (end, id) in due.iter().copied() {
			ExpiryQueue::<T>::remove(end, id);
			Records::<T>::mutate_extant(id, |record| record.status = RecordStatus::Expired);
			Self::deposit_event(Event::RecordExpired { record: id });
		}
		due.len().saturated_into()
	}

	pub(crate) fn info_of(id: RecordId) -> Option<RecordInfo> {
		Records::<T>::get(id).map(|record| RecordInfo::new(id, record, Self::now()))
	}

	pub(crate) fn page_by_technique(
		technique: TechniqueId,
		from: Option<Place>,
		limit: u32,
	) -> (Vec<RecordInfo>, Option<Place>) {
		let key = TechniqueKey::from(technique);
		let mut entries = match from {
			None => ByTechnique::<T>::iter_prefix(key),
			Some(place) => ByTechnique::<T>::iter_prefix_from(key, ByTechnique::<T>::hashed_key_for(key, place)),
		};
		let page: Vec<(Place, RecordId)> = entries.by_ref().take(page_size(limit)).collect();
		let last = page.last().map(|(place, _)| *place);
		let next = entries.next().and(last);
		(page.into_iter().filter_map(|(_, id)| Self::info_of(id)).collect(), next)
	}

	pub(crate) fn page_by_author(author: AuthorId, from: u32, limit: u32) -> Vec<RecordInfo> {
		// An author's numbers have no gaps.
		(from..=u32::MAX).take(page_size(limit)).map_while(|n| Self::info_of(RecordId { author, n })).collect()
	}

	/// What the configuration must keep to; see the budgets of the README.
	pub(crate) fn check_configuration() {
		let payload = MAX_PAYLOAD.saturated_into();
		let worst = [
			("publish", T::WeightInfo::publish(payload, MAX_TECHNIQUES, MAX_AUDIENCE, 1), u64::from(payload)),
			("revise", T::WeightInfo::revise(payload, MAX_TECHNIQUES, MAX_AUDIENCE, 1), u64::from(payload)),
			("anchor", T::WeightInfo::anchor(MAX_TECHNIQUES, MAX_AUDIENCE, 1), 0),
			("withdraw", T::WeightInfo::withdraw(), 0),
			("sight", T::WeightInfo::sight(), 0),
			("extend", T::WeightInfo::extend(), 0),
			("grant", T::WeightInfo::grant(MAX_GRANTS), u64::from(MAX_GRANTS).saturating_mul(WRAP_LEN as u64)),
			("request_access", T::WeightInfo::request_access(), 0),
			("decline", T::WeightInfo::decline(), 0),
			("acknowledge", T::WeightInfo::acknowledge(), 0),
			("on_idle", T::WeightInfo::expire(MAX_EXPIRIES), 0),
		];
		for (name, weight, length) in worst {
			let total = weight.saturating_add(Weight::from_parts(0, length));
			assert!(total.all_lte(WORST_CASE), "{name} weighs {total:?}, more than {WORST_CASE:?}");
		}
	}
}

/// What the weight of a publication depends on: bytes, techniques, ends.
fn drivers(draft: &Draft, payload: &Payload) -> (u32, u32, u32) {
	(payload.len().saturated_into(), draft.techniques.len().saturated_into(), draft.valid_until.is_some().into())
}

/// Is it an address that clients fetch from?
fn is_location(location: &[u8]) -> bool {
	let rest = location.strip_prefix(b"https://").or_else(|| location.strip_prefix(b"ipfs://"));
	rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_graphic))
}

fn page_size(limit: u32) -> usize {
	limit.clamp(1, MAX_PAGE).saturated_into()
}

impl<T: Config> Registry for Pallet<T> {
	type Error = DispatchError;

	/// To be called within a storage layer, as every call is: a refusal leaves nothing behind only because it is
	/// rolled back.
	fn publish(member: MemberId, draft: Draft, payload: &[u8]) -> Result<RecordId, DispatchError> {
		Self::do_publish(member, &draft, payload, None).map(|published| published.record)
	}
}

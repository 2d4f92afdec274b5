import { DomainError } from '#lib/kernel';

/** The act runs as the owner of the database, and nothing says where that is. */
export class OwnerAddressMissing extends DomainError {
  readonly code = 'owner-address-missing';
  constructor() {
    super('Set DATABASE_OWNER_URL, or start Regioloket first: this runs as the owner of the database.');
  }
}

/** Who people are: accounts, invitations, sessions, tokens, and the roles they hold in a region. */
export { PeopleOptions } from './people-options.js';
export { PEOPLE_MESSAGES } from './messages.js';
export { PEOPLE_INVARIANTS } from './people-invariants.js';
export * from './people-errors.js';
export { csrfTokenOf, hashOfSecret, isCsrfToken, newSecret } from './secrets.js';
export type { SignedIn } from './sessions.js';
export { inetOf, PasswordCheck, type Verdict } from './passwords/password-check.js';
export { SignIn, type SignInRequest } from './sign-in.js';
export { SignInByLink } from './sign-in-by-link.js';
export { KeptTexts, listKeptTexts, type GoingOn, type KeptText } from './kept-texts.js';
export { SignUp, type SignUpRequest } from './sign-up.js';
export { SignOut } from './sign-out.js';
export { ChangePassword, type PasswordChange } from './change-password.js';
export { InvitePerson, type InvitationRequest } from './invite-person.js';
export { writeInvitation, type Invited, type InvitedByOperator } from './write-invitation.js';
export { AcceptInvitation, type Acceptance, type Accepted, type OpenInvitation } from './accept-invitation.js';
export { OpenAccount, type NewAccount } from './open-account.js';
export { CreateApiToken, ListApiTokens, RevokeApiToken, type ApiToken, type ApiTokenSummary } from './api-tokens.js';
export { DisablePerson, EnablePerson, EndKeys, type KeyKind } from './disable-person.js';
export { FindPeople, type HeldRole, type PersonRow, type PersonView } from './find-people.js';
export { ShutOutDto } from './dto/shut-out.dto.js';
export { AssignRole, EndRole, type RoleAssignment } from './assign-role.js';
export { SYSTEM } from './role-grants.js';
export { ROLE_LABELS } from './role-labels.js';
export { PersonDirectory, type Addressee } from './person-directory.js';
export { ChangePasswordDto, SignInDto, SignInLinkRequestDto, UseSignInLinkDto } from './dto/sign-in.dto.js';
export { AcceptInvitationDto, InvitePersonDto } from './dto/invitation.dto.js';
export { CreateApiTokenDto } from './dto/api-token.dto.js';
export { AssignRoleDto } from './dto/role.dto.js';
export { OrganisationDto } from './dto/organisation.dto.js';
export {
  ORGANISATION_KINDS,
  PARTNER_KINDS,
  type Organisation,
  type PartnerKind,
} from './organisations/organisation.js';
export { organisationOf, readActors } from './organisations/actors-file.js';
export { exportActors, importActors, loadActors } from './organisations/import-actors.js';
export { FindOrganisations } from './organisations/find-organisations.js';
export { WriteOrganisation } from './organisations/write-organisation.js';
export { ActorFileUnusable, OrganisationKnownAlready } from './organisations/organisation-errors.js';
export { GiveMandateDto } from './dto/mandate.dto.js';
export { isMailbox, tidyMailbox } from './mailbox.js';
export { EmailField, LanguageField, LineField, ProvinceField, Tidied } from './dto/fields.js';
export { EndMandate, GiveMandate } from './mandates/give-mandate.js';
export { ReadMandates, type BoardView } from './mandates/read-mandates.js';
export { MANDATE_KINDS, type GivenMandate, type MandateView } from './mandates/mandate.js';
export * from './mandates/mandate-errors.js';
export { MANDATE_INVARIANTS } from './mandates/mandate-invariants.js';
export { FindSchools, type FoundSchool } from './schools/find-schools.js';
export { importSchoolFiles, importSchools } from './schools/import-schools.js';
export type { ImportOrder, NamedFile, SchoolImport } from './schools/import-order.js';
export { undoSchoolImport, type UndoneImport } from './schools/undo-import.js';
export * from './schools/school-errors.js';
export { parseSchools } from './schools/parse-duo.js';
export { readTable, type SchoolFault } from './schools/read-table.js';

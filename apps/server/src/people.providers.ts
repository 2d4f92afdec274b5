import type { Provider } from '@nestjs/common';
import * as people from '#lib/people';

/** The acts of the people library that routes use. */
export function peopleProviders(options: people.PeopleOptions): Provider[] {
  return [
    { provide: people.PeopleOptions, useValue: options },
    ...[people.PasswordCheck, people.SignIn, people.SignInByLink, people.SignOut, people.SignUp, people.ChangePassword],
    ...[people.FindSchools, people.InvitePerson, people.AcceptInvitation, people.KeptTexts],
    ...[people.FindOrganisations, people.WriteOrganisation],
    ...[people.GiveMandate, people.EndMandate, people.ReadMandates],
    ...[people.FindPeople, people.DisablePerson, people.EnablePerson, people.EndKeys, people.EndRole],
    ...[people.CreateApiToken, people.ListApiTokens, people.RevokeApiToken],
  ];
}

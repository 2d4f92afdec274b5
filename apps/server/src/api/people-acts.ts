import { Injectable } from '@nestjs/common';
import type { Viewer } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { DisablePerson, EnablePerson, EndKeys, EndRole, type PersonView } from '#lib/people';

/** What is done to people with an account; routes and pages share it. */
@Injectable()
export class PeopleActs {
  constructor(
    readonly disabling: DisablePerson,
    readonly enabling: EnablePerson,
    readonly ending: EndKeys,
    private readonly endingRole: EndRole,
  ) {}

  /** Ends one of the roles that the viewer knows of. Throws SubjectNotFound, MayNotGrantRole, LastAdministrator. */
  async endRole(viewer: Viewer, { roles }: PersonView, id: string): Promise<void> {
    const held = roles.find((role) => role.id === id);
    if (held === undefined) throw new SubjectNotFound('role-assignment', id);
    await this.endingRole.execute(viewer, held.region, id);
  }
}

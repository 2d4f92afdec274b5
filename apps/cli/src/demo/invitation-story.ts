import { InvitePerson } from '#lib/people';
import type { DemoNetwork } from './demo-network.js';

/** Plans whom the coordinator of a network invites; nobody has accepted yet. */
export function planInvitations(network: DemoNetwork): void {
  const { file, database, round, links } = network.parts;
  const inviting = new InvitePerson(database, { messageIds: round.messageIds, links });
  for (const { name, role, at } of file.invited ?? []) {
    const viewer = { ...network.viewer(network.staff.coordinator, 'coordinator'), name: file.people.coordinator };
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@demo-${network.region}.example`;
    const invitation = { region: network.region, email, name, language: 'nl' as const, roles: [role] };
    network.plan(at, '09:00', async () => {
      await inviting.execute(viewer, invitation);
    });
  }
}

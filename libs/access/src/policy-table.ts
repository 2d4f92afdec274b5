import type { StaffRole } from './viewer.js';

/** Who may use a route or a repository method; read by people, so it is data. */
export interface PolicyRow {
  readonly policy: string;
  /** `anyone`, `signed-in`, or the staff roles of which one must be held. */
  readonly who: 'anyone' | 'signed-in' | readonly StaffRole[];
  /** `own`: the role must be held in the region asked about. */
  readonly where: 'any' | 'own';
  readonly why: string;
}

/** The only place where rights are written down. A route that names no row here fails the start. */
export const POLICIES = [
  {
    policy: 'public',
    who: 'anyone',
    where: 'any',
    why: 'Health, documentation and the list of regions hold nothing about persons.',
  },
  { policy: 'self', who: 'signed-in', where: 'any', why: 'Everybody may read and change what is their own.' },
  { policy: 'operate', who: ['platform-admin'], where: 'any', why: 'Metrics show volumes of all regions.' },
  {
    policy: 'region-inviters',
    who: ['secretary', 'coordinator', 'national-office', 'platform-admin'],
    where: 'own',
    why: 'Who staffs a region invites people into it; which roles each may promise is judged by the act.',
  },
  {
    policy: 'people-keepers',
    who: ['secretary', 'coordinator', 'national-office', 'platform-admin'],
    where: 'any',
    why: 'Who gives roles sees who holds them, in the own regions; which one may be ended is judged by the act.',
  },
  {
    policy: 'account-keepers',
    who: ['platform-admin'],
    where: 'any',
    why: 'Shutting somebody out reaches over all regions, so nobody of one region does it.',
  },
  {
    policy: 'development-mailbox',
    who: 'anyone',
    where: 'any',
    why: 'Its routes exist only where mail goes nowhere else: on a developer’s machine.',
  },
  {
    policy: 'call-makers',
    who: ['coordinator'],
    where: 'own',
    why: 'The coordinator prepares the calls of the own region; the decider publishes them.',
  },
  {
    policy: 'by-scope',
    who: 'signed-in',
    where: 'any',
    why: 'The region lies in the subject, not in the address: scopes decide what exists, the workflow and each act what may be done.',
  },
  {
    policy: 'registry-keepers',
    who: ['national-office'],
    where: 'any',
    why: 'The registry of organisations is national; the national office writes it.',
  },
  { policy: 'deciders', who: ['decider'], where: 'any', why: 'What is to be decided is shown to who decides.' },
  {
    policy: 'region-staff',
    who: ['secretary', 'chair', 'coordinator', 'decider'],
    where: 'own',
    why: 'Staff work in their own region only.',
  },
] as const satisfies readonly PolicyRow[];

export type PolicyName = (typeof POLICIES)[number]['policy'];

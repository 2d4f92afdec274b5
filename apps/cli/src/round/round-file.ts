import type { Language, Text } from '#lib/kernel';

/** A round as docs/schemas/round.schema.json describes it. */
export interface RoundFile {
  readonly region: string;
  readonly programme: string;
  readonly call: {
    readonly number: string;
    readonly name: Text;
    readonly closesAfterDays: number;
    readonly closeReason: string;
  };
  readonly people: {
    readonly coordinator: PersonInFile;
    readonly secretary: PersonInFile;
    readonly decider: PersonInFile;
    readonly members: readonly MemberInFile[];
  };
  /** What proposals send along, by the key that they name. */
  readonly files?: Readonly<Record<string, FileInFile>>;
  readonly proposals: readonly ProposalInFile[];
  readonly reasons: Readonly<Record<'advice' | 'grant' | 'threshold' | 'ceiling', string>>;
}

export interface PersonInFile {
  readonly email: string;
  readonly name: string;
  readonly language?: Language;
}

export interface MemberInFile extends PersonInFile {
  readonly kind: 'expert' | 'field';
  readonly chair?: boolean;
}

export interface ReviewInFile {
  readonly member: string;
  readonly scores: Readonly<Record<string, { readonly score: string; readonly reason: string }>>;
}

export interface FileInFile {
  readonly name: string;
  readonly base64: string;
}

export interface ProposalInFile {
  readonly key: string;
  readonly applicant: PersonInFile;
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Keys of files, by the path of the question that they answer. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  readonly interests?: readonly { readonly member: string; readonly reason: string }[];
  readonly reviews?: readonly ReviewInFile[];
  readonly refuse?: { readonly ground: 'condition' | 'late'; readonly reasons: string };
}

/** The scores of reviews alone, by criterion. */
export function scoresIn(reviews: readonly ReviewInFile[]): readonly Readonly<Record<string, string>>[] {
  return reviews.map(({ scores }) =>
    Object.fromEntries(Object.entries(scores).map(([criterion, { score }]) => [criterion, score])),
  );
}

/** What a proposal asks for, in cents. */
export function requestedIn(content: ProposalInFile['content']): number {
  const { requestedCents = 0 } = (content['budget'] ?? {}) as { readonly requestedCents?: number };
  return requestedCents;
}

/** The least that a proposal can work with, in cents; undefined when it does not say. */
export function minimumIn(content: ProposalInFile['content']): number | undefined {
  return ((content['budget'] ?? {}) as { readonly minimumCents?: number }).minimumCents;
}

import { DomainError, type LineFault } from '#lib/kernel';

/** A request that creates or moves carries an Idempotency-Key, so that a second sending does nothing twice. */
export class IdempotencyKeyMissing extends DomainError {
  readonly code = 'idempotency-key-missing';
  constructor() {
    super('The header Idempotency-Key (8 to 200 characters) is missing.');
  }
}

/** A request that replaces says which version it looked at (RFC 6585). */
export class IfMatchMissing extends DomainError {
  readonly code = 'if-match-missing';
  constructor() {
    super('The header If-Match with the ETag of what was read is missing.');
  }
}

/** A line (a title, a name) holds a sign that cannot be seen and breaks or turns what is read. */
export class SignNotAllowed extends DomainError {
  readonly code = 'sign-not-allowed';
  constructor(readonly faults: readonly LineFault[]) {
    const signs = [...new Set(faults.flatMap((fault) => fault.signs))].join(', ');
    super(`A field of one line holds ${signs}.`, { signs });
  }
}

/** A text is longer than its field holds. It is never cut: the end of what somebody wrote is a part of it. */
export class TextTooLong extends DomainError {
  readonly code = 'text-too-long';
  /** `most` and `over` in UTF-16 units, as browsers count them. */
  constructor(
    readonly field: string,
    readonly most: number,
    readonly over: number,
  ) {
    super(`${field} is ${over} characters too long; it holds ${most}.`, { field, most, over });
  }
}

/** What a person reads when a header is missing, by the error's code. */
export const EDGE_MESSAGES = {
  'idempotency-key-missing': {
    nl: 'De header Idempotency-Key (8 tot 200 tekens) ontbreekt. Kies per handeling een nieuwe.',
    en: 'The header Idempotency-Key (8 to 200 characters) is missing. Choose a new one for each act.',
  },
  'if-match-missing': {
    nl: 'De header If-Match ontbreekt. Stuur de ETag mee van wat u hebt gelezen.',
    en: 'The header If-Match is missing. Send the ETag of what you read.',
  },
  'form-token-wrong': {
    nl: 'Dit formulier hoort bij een eerdere sessie. Wat u typte is er nog: bewaar het hieronder opnieuw.',
    en: 'This form belongs to an earlier session. What you typed is still here: save it again below.',
  },
  'sign-not-allowed': {
    nl: 'In een titel, naam of andere regel staat een teken dat niet te zien is ({signs}). Typ die regel opnieuw.',
    en: 'A title, a name or another line holds a sign that cannot be seen ({signs}). Type that line again.',
  },
  'text-too-long': {
    nl: 'Deze tekst is {over} tekens te lang. Er passen {most} tekens. Maak hem korter en verstuur hem opnieuw.',
    en: 'This text is {over} characters too long. It can hold {most}. Make it shorter and send it again.',
  },
  'nested-too-deep': {
    nl: 'Wat u stuurde is dieper genest dan {deepest} niveaus. Zo diep wordt niets gevraagd.',
    en: 'What you sent is nested deeper than {deepest} levels. Nothing is asked for that deep.',
  },
  'print-takes-too-long': {
    nl: 'Deze aanvraag is te lang om er een pdf van te maken. U kunt alles wel als tekst downloaden.',
    en: 'This application is too long to make a PDF of. You can download all of it as text.',
  },
  'press-is-busy': {
    nl: 'Er wordt al een pdf voor u gemaakt, of anderen zijn voor u. Probeer het over een paar tellen opnieuw.',
    en: 'A PDF is being made for you already, or others come first. Try again in a few seconds.',
  },
  'cursor-is-wrong': {
    nl: 'Deze cursor komt niet van een eerdere pagina. Begin bij het begin van de lijst.',
    en: 'This cursor does not come from an earlier page. Begin at the start of the list.',
  },
} as const;

import { PasswordNotAcceptable, type PasswordFault } from '../people-errors.js';

const MINIMUM = 12;
/** A few characters typed again and again are no secret. */
const LONGEST_UNIT = 4;
/** Longer texts only cost time to hash. */
const MAXIMUM = 200;

/** What attackers try first, in Dutch and English; matched after taking away capitals, digits and signs (`Welkom2026!!!`). */
const COMMON: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passphrase', 'passwort', 'wachtwoord', 'geheim', 'geheimwachtwoord', 'mijnwachtwoord'],
  ...['welkom', 'welcome', 'welkomthuis', 'letmein', 'iloveyou', 'ikhouvanjou', 'admin', 'administrator', 'beheerder'],
  ...['qwerty', 'qwertyuiop', 'qwertyuiopasdfghjkl', 'asdfghjkl', 'zxcvbnm', 'qazwsx', 'qazwsxedc', 'qazwsxedcrfv'],
  ...['lente', 'zomer', 'herfst', 'winter', 'januari', 'september', 'november', 'december', 'maandag', 'vrijdag'],
  ...['amsterdam', 'rotterdam', 'nederland', 'feyenoord', 'ajax', 'voetbal', 'football', 'baseball', 'sunshine'],
  ...['princess', 'superman', 'batman', 'dragon', 'monkey', 'master', 'shadow', 'starwars', 'trustno', 'changeme'],
  ...[
    'changeit',
    'secret',
    'school',
    'leraar',
    'docent',
    'onderwijs',
    'techniek',
    'regioloket',
    'loket',
    'correcthorsebatterystaple',
  ],
]);

/** Whose password it is: names of the account are the first guess of somebody who knows it. */
interface Owner {
  readonly email: string;
  readonly name: string;
}

/**
 * Length and guessability only, no rules of composition (NIST SP 800-63B, 5.1.1.2). Throws PasswordNotAcceptable.
 */
export function assertAcceptable(password: string, owner: Owner): void {
  const fault = faultOf(password.normalize('NFKC'), owner);
  if (fault !== null) throw new PasswordNotAcceptable(fault, { minimum: MINIMUM, maximum: MAXIMUM });
}

function faultOf(password: string, owner: Owner): PasswordFault | null {
  const length = Array.from(password).length;
  if (length < MINIMUM) return 'too-short';
  if (length > MAXIMUM) return 'too-long';
  const text = password.toLowerCase();
  const guesses = [owner.email, owner.email.split('@')[0] ?? '', owner.name].map(lettersOf);
  const letters = unitOf(lettersOf(text));
  if (COMMON.has(letters) || guesses.includes(letters) || isRun(text)) return 'too-common';
  return unitOf(text).length <= LONGEST_UNIT ? 'too-common' : null;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** The shortest text that gives this one when it is repeated, the last time perhaps cut short: `ab` of `ababa`. */
function unitOf(text: string): string {
  for (let period = 1; period < text.length; period++)
    if (text.startsWith(text.slice(period))) return text.slice(0, period);
  return text;
}

/** Characters that follow each other, up or down: `123456789012`, `abcdefghijkl`, `zyxwvutsrqpo`. */
function isRun(text: string): boolean {
  const steps = Array.from(text.slice(1), (character, i) => {
    const step = character.charCodeAt(0) - text.charCodeAt(i);
    return step === -9 ? 1 : step === 9 ? -1 : step;
  });
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

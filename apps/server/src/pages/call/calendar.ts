/** One moment to put in a calendar, with reminders before it. */
export interface CalendarMoment {
  /** Stays the same when the moment changes, so that a calendar replaces it. */
  readonly uid: string;
  readonly at: string;
  readonly writtenAt: string;
  readonly summary: string;
}

const REMIND = ['-P7D', '-P1D'];
/** RFC 5545 3.1: a line holds at most 75 octets; what is longer goes on behind a space. */
const LINE = 75;

/** The text of an iCalendar file (RFC 5545) with one event without a length. */
export function calendarFile({ uid, at, writtenAt, summary }: CalendarMoment): string {
  const text = escaped(summary);
  const alarm = (trigger: string): readonly string[] => [
    ...['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${trigger}`, `DESCRIPTION:${text}`, 'END:VALARM'],
  ];
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Regioloket//NL', 'BEGIN:VEVENT'],
    ...[`UID:${uid}@regioloket`, `DTSTAMP:${utc(writtenAt)}`, `DTSTART:${utc(at)}`, `SUMMARY:${text}`],
    ...['TRANSP:TRANSPARENT', ...REMIND.flatMap(alarm), 'END:VEVENT', 'END:VCALENDAR'],
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `20261213T160000Z`. */
function utc(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** RFC 5545 3.3.11: text of others can neither end its line nor begin a field of its own. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

function folded(line: string): string {
  const parts: string[] = [];
  let [part, room] = ['', LINE];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (size > room) {
      parts.push(part);
      [part, room] = ['', LINE - 1];
    }
    part += sign;
    room -= size;
  }
  return [...parts, part].join('\r\n ');
}

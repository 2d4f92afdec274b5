import { describe, expect, it } from '@jest/globals';
import { calendarFile } from './calendar.js';

const MOMENT = {
  ...{ uid: 'call-1', at: '2026-12-13T16:00:00.000Z', writtenAt: '2026-11-29T03:00:00Z' },
  summary: 'Sluiting',
};

describe('the calendar file of a closing', () => {
  it('holds one event at the moment in UTC, with a reminder a week and a day before', () => {
    const lines = calendarFile(MOMENT).split('\r\n');
    expect(lines.filter((line) => /^(BEGIN:VEVENT|DT|UID|TRIGGER)/.test(line))).toEqual([
      ...['BEGIN:VEVENT', 'UID:call-1@regioloket', 'DTSTAMP:20261129T030000Z', 'DTSTART:20261213T160000Z'],
      ...['TRIGGER:-P7D', 'TRIGGER:-P1D'],
    ]);
  });

  it('lets no name of a call end its line or begin a field of its own', () => {
    const file = calendarFile({ ...MOMENT, summary: 'a\r\nATTENDEE:x;b,c\\d' });
    expect(file).toContain('SUMMARY:a\\nATTENDEE:x\\;b\\,c\\\\d\r\n');
    expect(file).not.toMatch(/^ATTENDEE/m);
  });

  it('has no line of more than 75 octets, and loses no sign when it folds', () => {
    const summary = 'Innovatieprogramma wetenschap & techniek – één ronde voor de hele regio 🙂'.repeat(3);
    const file = calendarFile({ ...MOMENT, summary });
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(file.replace(/\r\n /g, '')).toContain(`SUMMARY:${summary}\r\n`);
  });
});

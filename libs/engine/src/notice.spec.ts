import { expect, it } from '@jest/globals';
import { outboxRow, type Notice } from './notice.js';

const OPTIONS = { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' };
const notice = (view: Notice['view']): Notice => ({
  ...{ region: 'noord', eventId: 'e', recipientKey: 'r', template: 'party-asked', language: 'nl', view },
  to: { address: 'a@x.example', name: 'T.\r\nBcc: b@x.example' },
});

it('remembers what it is about, so that its sender can lead to the page of it', () => {
  const about = { kind: 'proposal', id: 'p1' };
  expect(outboxRow({ ...notice({ title: 'T' }), about }, OPTIONS).view).toEqual({ title: 'T', aboutSubject: about });
});

it('lets no value of a sentence begin a line of its own in a mail; a text of several lines keeps them', () => {
  const typed = 'Mooi plan\n\nUw account verloopt:\u2028https://kwaad.example';
  const row = outboxRow(notice({ title: typed, organisation: typed, reasons: typed, amountCents: 5 }), OPTIONS);
  const inOneLine = 'Mooi plan Uw account verloopt: https://kwaad.example';
  expect(row.view).toEqual({ title: inOneLine, organisation: inOneLine, reasons: typed, amountCents: 5 });
  expect(row.to_name).toBe('T. Bcc: b@x.example');
});

import { describe, expect, it } from '@jest/globals';
import { isMailbox, needsUtf8Relay, tidyMailbox } from './mailbox.js';

const NBSP = '\u00a0';

describe('a mailbox', () => {
  it.each([
    ['Jan@Bücher.example', 'jan@xn--bcher-kva.example'],
    ['jan@bu\u0308cher.example', 'jan@xn--bcher-kva.example'],
    ['jan@XN--BCHER-KVA.example', 'jan@xn--bcher-kva.example'],
    [`${NBSP}Jan.de.Vries@School.Example `, 'jan.de.vries@school.example'],
    ['jose\u0301@school.example', 'josé@school.example'],
    ['geen adres', 'geen adres'],
  ])('%j is compared as %j', (typed, mailbox) => {
    expect(tidyMailbox(typed)).toBe(mailbox);
    expect(tidyMailbox(mailbox)).toBe(mailbox);
  });

  it.each([
    ['Jan@Bücher.example', true],
    [' jan@school.example ', true],
    ['josé@school.example', false],
    ['jan@school', false],
    ['jan@', false],
  ])('%j can be written to: %s', (typed, can) => {
    expect(isMailbox(typed)).toBe(can);
  });

  it('needs a special relay for an accent before the @ only', () => {
    expect(needsUtf8Relay('josé@school.example')).toBe(true);
    expect(needsUtf8Relay('jose@bücher.example')).toBe(false);
  });
});

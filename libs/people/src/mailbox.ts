import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';

/**
 * A mail address as it is stored and compared: one text for one mailbox. Composed (NFC), lower case, the domain as DNS has it (IDNA), so
 * `Jan@Bücher.example` and `jan@xn--bcher-kva.example` are one. A text that is no address comes back tidied, for its own rule to refuse.
 */
export function tidyMailbox(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '')
    .toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 0) return plain;
  const domain = plain.slice(at + 1);
  return `${plain.slice(0, at)}@${hasOther(domain) ? domainToASCII(domain) || domain : domain}`;
}

/** Whether what was typed is an address that our relay delivers to. */
export function isMailbox(text: string): boolean {
  const address = tidyMailbox(text);
  return address.length <= 254 && isEmail(address) && !needsUtf8Relay(address);
}

/** Whether only a relay that takes SMTPUTF8 (RFC 6531) delivers to this address: a letter outside ASCII stands before the @. */
export function needsUtf8Relay(address: string): boolean {
  return hasOther(address.slice(0, Math.max(0, address.lastIndexOf('@'))));
}

function hasOther(text: string): boolean {
  return /[^\0-\x7f]/.test(text);
}

import { validateIBAN, ValidationErrorsIBAN } from 'ibantools';

/** What is wrong with an account number: signs that none has, a country without IBANs, its length, or its check digits. */
export type IbanFault = 'signs' | 'country' | 'length' | 'digits';

/** An IBAN as it is stored and compared: capitals and digits without spaces, dots, dashes or the word IBAN. */
export function tidyIban(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b.-]/g, '')
    .toUpperCase()
    .replace(/^IBAN:?/, '');
}

/** What is wrong with an IBAN (ISO 13616), however it was typed; null when nothing is. */
export function ibanFault(text: string): IbanFault | null {
  const iban = tidyIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return 'signs';
  const { valid, errorCodes } = validateIBAN(iban);
  if (valid) return null;
  if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry)) return 'country';
  if (errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength)) return 'length';
  return errorCodes.includes(ValidationErrorsIBAN.WrongBBANFormat) ? 'signs' : 'digits';
}

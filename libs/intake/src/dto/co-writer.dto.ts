import type { Language } from '#lib/kernel';
import { EmailField, LanguageField, LineField } from '#lib/people';

/** A colleague who is asked to write along. */
export class InviteCoWriterDto {
  @EmailField()
  readonly email!: string;

  @LineField('C. Ollega', 200)
  readonly name!: string;

  @LanguageField()
  readonly language!: Language;
}

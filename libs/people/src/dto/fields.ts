import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsString, Length, Matches } from 'class-validator';
import { PROVINCES, provinceOf } from '#lib/kernel';
import { tidyMailbox } from '../mailbox.js';

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
/** Control characters: a line break in a name would end up in the headers of a mail. */
const ONE_LINE = /^\P{Cc}*$/u;
const SECRET = /^[\w-]{20,100}$/;

type Field = PropertyDecorator;
type Tidy = (text: string) => string | null;

/** A text, or each of a list, as it is stored and compared; one that has no such form stays as it was sent, for its rule to refuse. */
export function Tidied(tidy: Tidy): Field {
  const one = (value: unknown): unknown =>
    typeof value === 'string' || typeof value === 'number' ? (tidy(String(value)) ?? value) : value;
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(one) : one(value)));
}

/** A new address: mail must reach it, and a relay without SMTPUTF8 delivers to no address with an accent before the @. */
export function EmailField(): Field {
  const message = 'email must be an address without accents before the @';
  return applyDecorators(KnownEmailField(), Matches(/^[^@\u0080-\u{10ffff}]+@/u, { message }));
}

/** An address that may have an account already. */
export function KnownEmailField(): Field {
  return applyDecorators(
    ApiProperty({ example: 'a.voorbeeld@school.example', format: 'email', maxLength: 254 }),
    Tidied(tidyMailbox),
    IsEmail(),
    Length(3, 254),
    Matches(/^[^\s<>"@,;]+@[^\s<>"@,;]+$/),
  );
}

/** One line of 1 to `most` characters. */
export function LineField(example: string, most: number): Field {
  return applyDecorators(
    ApiProperty({ example, minLength: 1, maxLength: most }),
    trimmed,
    IsString(),
    Length(1, most),
    Matches(ONE_LINE),
  );
}

/** One of the twelve provinces, under any name that means it. */
export function ProvinceField(): Field {
  return applyDecorators(ApiProperty({ enum: PROVINCES, example: 'Drenthe' }), Tidied(provinceOf), IsIn(PROVINCES));
}

export function LanguageField(): Field {
  return applyDecorators(ApiProperty({ enum: ['nl', 'en'], example: 'nl' }), IsIn(['nl', 'en']));
}

/** A password as it is typed: never trimmed. What makes one acceptable is said by the rule, not by the shape. */
export function PasswordField(): Field {
  const example = 'vier losse woorden samen';
  return applyDecorators(
    ApiProperty({ example, format: 'password', minLength: 1, maxLength: 200 }),
    IsString(),
    Length(1, 200),
  );
}

/** The secret part of a mailed link. */
export function SecretField(): Field {
  return applyDecorators(ApiProperty({ example: 'Qm9yZ2VuIGlzIGVlbiBhbmRlcmUgZGFn' }), IsString(), Matches(SECRET));
}

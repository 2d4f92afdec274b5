import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
import { STAFF_ROLES, type StaffRole } from '#lib/access';
import type { Language } from '#lib/kernel';
import { EmailField, LanguageField, LineField, PasswordField, SecretField } from './fields.js';

export class InvitePersonDto {
  @EmailField()
  readonly email!: string;

  @LineField('A. Voorbeeld', 200)
  readonly name!: string;

  @LanguageField()
  readonly language!: Language;

  @ApiProperty({ enum: STAFF_ROLES, isArray: true, example: ['member'], description: 'Empty: may submit only.' })
  @IsArray()
  @ArrayMaxSize(STAFF_ROLES.length)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  readonly roles!: StaffRole[];
}

/** Name, language and password are for a new account; who has one sends the token only. */
export class AcceptInvitationDto {
  @SecretField()
  readonly token!: string;

  @IsOptional()
  @LineField('A. Voorbeeld', 200)
  readonly name?: string;

  @IsOptional()
  @LanguageField()
  readonly language?: Language;

  @IsOptional()
  @PasswordField()
  readonly password?: string;
}

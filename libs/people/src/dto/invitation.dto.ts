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

/** Answer to an invitation that was sent. */
export class InvitedDto {
  @ApiProperty({ format: 'uuid', example: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e' })
  readonly invitationId!: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-07T20:18:00.123456Z' })
  readonly expiresAt!: string;
}

/** What the invited person reads before accepting. */
export class OpenInvitationDto {
  @ApiProperty({ example: 'noord' })
  readonly region!: string;

  @ApiProperty({ example: 'a.voorbeeld@school.example' })
  readonly email!: string;

  @ApiProperty({ example: 'A. Voorbeeld' })
  readonly name!: string;

  @ApiProperty({ enum: ['nl', 'en'], example: 'nl' })
  readonly language!: Language;

  @ApiProperty({ enum: STAFF_ROLES, isArray: true, example: ['member'] })
  readonly roles!: readonly StaffRole[];

  @ApiProperty({ format: 'date-time', example: '2026-12-07T20:18:00.123456Z' })
  readonly expiresAt!: string;

  @ApiProperty({ example: false, description: 'Whoever has an account keeps its name, language and password.' })
  readonly hasAccount!: boolean;
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

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { KnownEmailField, PasswordField, SecretField } from './fields.js';

export class SignInDto {
  @KnownEmailField()
  readonly email!: string;

  @PasswordField()
  readonly password!: string;
}

export class SignInLinkRequestDto {
  @KnownEmailField()
  readonly email!: string;
}

export class UseSignInLinkDto {
  @SecretField()
  readonly token!: string;
}

export class ChangePasswordDto {
  @ApiPropertyOptional({
    example: 'mijn vorige lange zin',
    format: 'password',
    description: 'May be left out within 15 minutes of a sign-in by mail link.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly currentPassword?: string;

  @PasswordField()
  readonly newPassword!: string;
}

/**
 * Checks 全国地方公共団体コード: five digits (prefecture, municipality) and a check digit. The check digit is
 * 11 − (Σ digit × weight mod 11) with the weights 6 5 4 3 2, its last digit; where the sum is below 11 it is 11 − the sum.
 * Source: the definition of the code by the Ministry of Internal Affairs and Communications (JIS X 0401, X 0402).
 */
export function isMunicipalityCode(code: string): boolean {
  if (!/^\d{6}$/u.test(code)) return false;
  const digits = [...code].map(Number);
  const sum = [6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
  return (11 - (sum % 11)) % 10 === digits[5];
}

/**
 * The code that a spreadsheet took for a number and wrote without its first 0, as it does with those of Hokkaido to Tochigi
 * (01 to 09): `12025` is `012025`. Null where five digits with a 0 before them are no code. Source: the check digit, which
 * one number in eleven has by chance; so it is to be offered where the five digits may be something else.
 */
export function withLostZero(digits: string): string | null {
  const code = `0${/^[0-9]{5}$/u.test(digits) ? digits : ''}`;
  return code[1] !== '0' && isMunicipalityCode(code) ? code : null;
}

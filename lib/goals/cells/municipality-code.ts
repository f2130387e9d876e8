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

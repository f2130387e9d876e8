import cities from './cities.js';

export default async function () {
  const [city] = await cities();
  return city.departments.map((department, place) => ({
    prefix: '',
    city: 0,
    department,
    previous: city.departments[place - 1] ?? null,
    next: city.departments[place + 1] ?? null,
  }));
}

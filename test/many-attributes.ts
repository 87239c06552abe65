/** 15 custom attributes, whose names and values have 100 letters, most of them Thai. */
export const MANY_ATTRIBUTES = Object.fromEntries(
  Array.from({ length: 15 }, (_, n) => [`${n}`.padEnd(100, "ชื่อ"), `${n}`.padEnd(100, "น้ำ")]),
);

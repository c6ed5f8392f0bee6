/** Attributes of an SVG element; numbers are cut to two decimals. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element around markup that is ready, such as other elements. */
export function element(
  name: string,
  attributes: Attributes,
  ...content: readonly string[]
): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${format(value)}"`);
  const open = `<${name}${pairs.join("")}`;
  return content.length === 0 ? `${open}/>` : `${open}>${content.join("")}</${name}>`;
}

/** An SVG text element. */
export function label(value: string, attributes: Attributes): string {
  return element("text", attributes, escapeText(value));
}

/** Text as it may stand in markup. */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function format(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : escapeText(value);
}

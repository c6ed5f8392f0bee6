import { expect, it } from "vitest";

import { element, label } from "../../src/plots/element.ts";

it("closes an element without content by itself", () => {
  expect(element("rect", { x: 1, width: 2.34567 })).toBe('<rect x="1" width="2.35"/>');
});

it("keeps markup as it is", () => {
  expect(element("g", {}, element("a", {}), element("b", {}))).toBe("<g><a/><b/></g>");
});

it("escapes text and attributes", () => {
  const markup = label('a < b & "c"', { class: '"><x>' });

  expect(markup).toBe('<text class="&quot;&gt;&lt;x&gt;">a &lt; b &amp; &quot;c&quot;</text>');
});

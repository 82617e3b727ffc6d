// The policy of a page, read from the page's text before the theme makes a document of that.

import assert from "node:assert/strict"
import { test } from "node:test"

import { policyOf } from "#policy/policy.js"

test("a page has the policy that the build has written", () => {
  const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:">`
  assert.equal(policyOf(`<!doctype html><head>${meta}</head>`), "default-src 'self'; img-src 'self' data:")
})

test("a page without one has none", () => assert.equal(policyOf("<!doctype html><head></head><p>content"), ""))

// The policy of a page, as the build has written it.

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/

/** @param {string} html @returns {string} empty for a page without one */
export const policyOf = html => POLICY.exec(html)?.[1] ?? ""

"""From a document to a checked policy, or every reason why not.

outline      one draft per line, and who speaks for it
references   names resolved, order, circles
methods      how headings combine
cells        the rules of a line, their subjects and caps
earning, interpolation    which marks add up, what the ends of a straight line are worth
measures     what is collected, of which kind
marks        the range of every score
resolution   all of that for one scheme
names, sources, glossary, weights, sums, bands, tiers, units, means, calculated, scales, rules, steps,
    choices, places, periods    the checks, by what they look at
build        the checked scheme, when no check found an error
versions     the versions of one policy beside each other; it looks at several files, so it is no part of the list
check        the list of checks, and the functions others call
"""

from engine.language.checks.acceptance import accepted, without_accepted
from engine.language.checks.check import check, examine, policy_of

__all__ = ["accepted", "check", "examine", "policy_of", "without_accepted"]

"""What a sweep shows: effects of levers on outcomes, regions, sensitivity; functions on tables.

Every function takes pandas tables and `StudyFacts` and gives pandas tables. `runs` has a row a run, `points` a row a
point and arm: `point`, the factors, `arm`, `replicates` (runs that are ok), `failed`, and for each outcome `o` its
mean, `o_sd`, `o_mcse`, `o_low`, `o_high`. An `arm` may always be the name of a contrast. Where `arm` is None, every arm
is read. Failed runs and outcomes that are not defined (NaN) are left out and counted. Below, "mcse" is the Monte Carlo
standard error, exact where `runs` is given, else at most this (see `noise`); "points" is a number of points.

tables:
    with_contrasts(runs, facts) -> runs
        One more row for each contrast, point and society; `arm` is its name, its outcome the difference, its other
        outcomes NaN; it failed where either arm did.
    points_of(runs, facts) -> points
        Arms first, contrasts after them. Cost per act is a ratio of means (see `RATIOS`); kept shares are percentage
        points of runs, as in runs.
    unit_design(points, facts) -> a row a point (index `point`), a column a factor, values in [0, 1].
    usual_point(points, facts) -> int | None
curves:
    response_curve(points, facts, factor, outcome, arm=None, bins=None, runs=None)
        factor, arm, value (middle of the bin, or the level), from, to (ends of the bin, NaN for a level), mean, se (of
        the mean over the rest of the design), low, high (5 % and 95 % of the points), mcse, points, failed (runs).
interactions:
    interaction(points, facts, a, b, outcome, arm, bins=None, runs=None)
        a, a_from, a_to, b, b_from, b_to (middle or level, and ends), mean, mcse, points, part (mean less both main
        effects), part_mcse. One row a cell, `a` slowest, empty cells too (NaN).
    interactions_ranked(points, facts, outcome, arm, bins=None)
        a, b, size (root mean square of the parts), share (of the variance over points), chance (the share that noise
        alone would give), stands_out (bool), points; the largest share first.
tornado:
    tornado(points, facts, outcome, arm, runs=None)
        factor, role, kind ("levels", "fifths", "extremes" of levels without an order, "elementary effects"), low_value,
        high_value, low_mean, high_mean, swing (high less low; mu for Morris), swing_mcse, swing_se (of the draw of the
        design), size (|swing|; mu* for Morris), low_points, high_points; the largest size first.
regions:
    best(points, facts, outcome, arm=None, n=5, largest=True, runs=None), worst(...)
        rank, point, arm, the factors, mean, mcse, low, high, replicates, failed, behind (distance to the first),
        behind_mcse, paired (bool), alike (bool: not to be told from the first).
    ranking(points, facts, outcome, arms=None, largest=True, runs=None), a row a point
        point, the factors, leader, second, lead, lead_mcse, settled (bool), p_best (share of societies in which the
        leader is best, NaN without runs), tau (Kendall, against the reference), reference ("usual": at the usual point;
        "mean": over the design), as_reference (bool: the same leader).
    leading(points, facts, outcome, arms=None, largest=True, runs=None), a row an arm
        arm, leads (share of points), settled (share of points), p_best (share of societies), mean_rank, points.
discovery:
    discover(points, facts, outcome, arm, above=None, below=None, quantile=None, method="tree" | "prim") -> Discovery
        found (bool), message (Text, found or not), method, outcome, arm, threshold, above (bool), points, of_interest,
        boxes (box, points, coverage, density, lift, coverage_cv, density_cv), limits (box, factor, low, high: NaN where
        open; values: tuple of the levels inside, empty for a range), trajectory (PRIM: step, points, coverage, density,
        coverage_cv, density_cv, bounds, chosen; empty for the tree).
indices:
    sensitivity(points, facts, outcome, arm, method=None, seed=1, runs=None) -> Indices
        method, table, used, left_out, noise_share, warning (Text | None). `table` has one row a factor in file order:
        "morris": factor, mu, mu_star, mu_star_conf, sigma, moves; "sobol": factor, s1, s1_conf, st, st_conf;
        "pawn": factor, pawn (median), pawn_low, pawn_high, pawn_max, chance (95 % of factors without effect lie below);
        "delta": factor, delta, delta_conf. `conf` is half the width of a 95 % interval.
    which_fits(facts, y) -> method; too_small(facts, table) -> Text | None
    noise_share(points, facts, outcome, arm, runs=None) -> share of the variance over points that is Monte Carlo noise
    salib.morris, salib.sobol_indices, salib.delta, pawn.pawn (unit design as array, y as array, names, seed)
mcse:
    mcse(sd, n), ratio_mcse(above, below) -> (ratio, error), replicates_needed(sd, target) -> int64,
    next_round(n, sd, target, at_least, at_most, tried=None) -> int64 societies in all at each point
"""

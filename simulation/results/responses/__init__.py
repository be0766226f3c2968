"""What a sweep shows: effects of levers on outcomes, regions, sensitivity; functions on tables.

Every function takes pandas tables and `StudyFacts` and gives pandas tables. `runs` has a row a run, `points` a row a
point and arm: `point`, the factors, `arm`, `replicates` (runs that are ok), `failed`, and for each outcome `o` its
mean, `o_sd`, `o_mcse`, `o_low`, `o_high`. An `arm` may always be the name of a contrast. Where `arm` is None, every arm
is read. Failed runs and outcomes that are not defined (NaN) are left out and counted. Below, "mcse" is the Monte Carlo
standard error, "points" a number of points.

tables:
    with_contrasts(runs, facts) -> runs: one more row for each contrast, point and society; `arm` is its name, its
        outcome is the difference, its other outcomes are NaN, it failed where either arm did.
    points_of(runs, facts) -> points: arms first, contrasts after them. Ratios (cost per act, kept shares) are ratios of
        means: see `RATIOS`.
    unit_design(points, facts) -> a row a point (index `point`), a column a factor, values in [0, 1].
    usual_point(points, facts) -> int | None: the point at which all factors have their usual values.
curves:
    response_curve(points, facts, factor, outcome, arm=None, bins=None, runs=None) -> factor, arm, value (middle of the
        bin, or the level), from, to (ends of the bin, NaN for a level), mean, mcse, se (of the mean over the rest of the
        design), low, high (5 % and 95 % of the points: what the other factors do), points, failed.
interactions:
    interaction(points, facts, a, b, outcome, arm, bins=None) -> a, a_from, a_to, b, b_from, b_to (a, b: middle or level),
        mean, mcse, points, part (mean less both main effects), part_mcse. One row a cell, also for empty ones (NaN).
    interactions_ranked(points, facts, outcome, arm, bins=None) -> a, b, size (root mean square of the parts), share (of
        the variance over points), chance (share that noise alone would give), stands_out (bool), points.
tornado:
    tornado(points, facts, outcome, arm, runs=None) -> factor, role, kind ("levels", "fifths", "extremes" of levels
        without an order, "elementary effects"), low_value, high_value, low_mean, high_mean, swing (high less low; mu for
        Morris), swing_mcse, size (|swing|; mu* for Morris), low_points, high_points; the largest size first.
regions:
    best(points, facts, outcome, arm=None, n=5, largest=True, runs=None) -> rank, point, arm, the factors, mean, mcse, low,
        high, replicates, failed, behind (the best less this one), behind_mcse, paired (bool), alike (not to be told from
        the best). `worst` has the same columns.
    ranking(points, facts, outcome, arms=None, largest=True, runs=None) -> a row a point: point, the factors, leader, second,
        lead, lead_mcse, settled (bool), p_best (share of societies in which the leader leads, NaN without runs), tau
        (Kendall, against the reference), reference ("usual": at the usual point; "mean": over the design), as_reference
        (the same leader).
    leading(points, facts, outcome, arms=None, largest=True, runs=None) -> a row an arm: arm, leads (share of points),
        settled (share of points where its lead is settled), p_best (share of all societies), mean_rank, points.
discovery:
    discover(points, facts, outcome, arm, above=None, below=None, quantile=None, method="tree" | "prim") -> Discovery:
        found (bool), message (Text: what was found, or that nothing was), threshold, above (bool), points, of_interest,
        boxes (box, points, coverage, density, lift, coverage_cv, density_cv), limits (box, factor, low, high, values: what
        bounds a box; low/high for numbers, `values` a tuple of levels), trajectory (PRIM: step, points, coverage, density,
        coverage_cv, density_cv, bounds, chosen; empty for the tree).
indices:
    sensitivity(points, facts, outcome, arm, method=None, seed=1) -> Indices: method ("morris", "sobol", "pawn",
        "delta"), table, used, left_out, noise_share, warning (Text | None). Columns of `table`, one row a factor in file order:
        morris: factor, mu, mu_star, mu_star_conf, sigma, moves; sobol: factor, s1, s1_conf, st, st_conf;
        pawn: factor, pawn (median), pawn_low, pawn_high, pawn_max, chance (what a factor without effect would have);
        delta: factor, delta, delta_conf, s1, s1_conf. `conf` is half the width of a 95 % interval.
    morris, sobol_indices, pawn, delta (unit design as an array, y as an array, names): the same from arrays.
    which_fits(facts, y) -> method. too_small(method, table) -> Text | None. noise_share(points, outcome, arm, runs=None).
mcse:
    mcse(sd, n), ratio_mcse(above, below), replicates_needed(sd, target), next_round(n, sd, target, at_least, at_most).
"""

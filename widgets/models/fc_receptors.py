"""Binding of IgG to the human Fcγ receptors at equilibrium: pure functions, math only.

Serum IgG (g/L) is a mixture of four subclasses, of which each receptor form sees one mean affinity.
IgG above the untreated level is infused, and a part of what is infused is dimers. FcγRIV is a mouse
receptor and FcγRIIc has no measured row in the table: neither is here.
"""

IGG_MOLAR_MASS = 150.0  # kg/mol: the convention of the model, 10 g/L is 66.7 µmol/L

SUBCLASS_SHARES = (0.65, 0.28, 0.045, 0.025)  # IgG1 to IgG4 of all IgG; chosen for teaching, rounded

# Association constants for IgG1 to IgG4, 1/M, from a publication: bruhns2009, Figure 3.
AFFINITIES = {
    "FcγRI": (65e6, 0.0, 61e6, 34e6),  # IgG2: no binding found
    "FcγRIIa H131": (5.2e6, 0.45e6, 0.89e6, 0.17e6),
    "FcγRIIa R131": (3.5e6, 0.10e6, 0.91e6, 0.21e6),
    "FcγRIIIa V158": (2.0e6, 0.07e6, 9.8e6, 0.25e6),
    "FcγRIIIa F158": (1.17e6, 0.03e6, 7.7e6, 0.20e6),
    "FcγRIIIb NA1": (0.20e6, 0.0, 1.11e6, 0.0),
    "FcγRIIIb NA2": (0.22e6, 0.0, 0.91e6, 0.0),
    "FcγRIIb": (0.12e6, 0.02e6, 0.17e6, 0.20e6),
}
ACTIVATING = ("FcγRI", "FcγRIIa H131", "FcγRIIa R131", "FcγRIIIa V158", "FcγRIIIa F158")  # bruhns2012
INHIBITORY = "FcγRIIb"  # the only inhibitory one: bruhns2012
RECEPTORS = ACTIVATING + ("FcγRIIIb NA1", "FcγRIIIb NA2", INHIBITORY)
HIGH_AFFINITY = "FcγRI"

_MEAN_AFFINITY = {  # once, since a figure asks for it several hundred times
    receptor: sum(share * affinity for share, affinity in zip(SUBCLASS_SHARES, by_subclass))
    for receptor, by_subclass in AFFINITIES.items()}

BASELINE = 10.0  # g/L, IgG before treatment; chosen for teaching, an adult's ordinary level
DIMER_FRACTION = 0.02  # of infused IgG; chosen for teaching, differs with product and pool
DIMER_AFFINITY = 5.0  # dimer over monomer, low-affinity receptors; derived, known only as about 1 to 9
BONDS = 3.2  # bonds that hold an opsonised target; chosen for teaching, fitted in the platelet model
UPTAKE_CEILING = 5.0  # most that uptake can rise when IgG is low; chosen for teaching


def mean_affinity(receptor):
    """Affinity of one receptor form for serum IgG: the mean over the subclasses.

    K = sum of f_s K_s

    Parameters
    ----------
    receptor : str
        One of `RECEPTORS`.

    Returns
    -------
    float
        Association constant K, 1/M.

    Raises
    ------
    ValueError
        If there is no such receptor; the message lists what there is.

    References
    ----------
    bruhns2009, Figure 3
    """
    if receptor not in AFFINITIES:
        raise ValueError(f"no receptor {receptor!r}; the receptors are: " + ", ".join(RECEPTORS))
    return _MEAN_AFFINITY[receptor]


def half_saturating_igg(receptor, cell_binding=1.0):
    """Serum IgG, all of it monomeric, at which half of one receptor form is occupied.

    C_half = M / (sigma K), in g/L; the parameters are those of `binding`.
    """
    return 1000 * IGG_MOLAR_MASS / (_cell_binding(receptor, cell_binding) * mean_affinity(receptor))


def competing_igg(igg, baseline=BASELINE, dimer_fraction=DIMER_FRACTION, dimer_affinity=DIMER_AFFINITY):
    """The monomeric IgG that would compete as strongly as the IgG there is.

    C_eff = (C - C_D) + alpha C_D,  C_D = d (C - C0) above the baseline C0, else 0

    Parameters
    ----------
    igg : float
        Serum IgG C, g/L, >= 0.
    baseline : float
        Serum IgG before treatment C0, g/L, > 0. It holds no dimers.
    dimer_fraction : float
        Share d of the infused IgG that is dimeric, 0 to 1.
    dimer_affinity : float
        Affinity alpha of a dimer over that of a monomer, >= 1.

    Returns
    -------
    float
        Equivalent monomeric IgG, g/L, never below `igg`.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    All IgG above the baseline counts as infused. 1 to 2 % dimers is commonly quoted, with no one
    number for all products (chosen for teaching). alpha is derived: the measured affinity of small
    complexes for FcγRII over the computed one of monomer leaves a factor of about 1 to 9.
    """
    if not 0 <= igg < float("inf"):
        raise ValueError(f"igg must be >= 0 g/L, got {igg}")
    if not 0 < baseline < float("inf"):
        raise ValueError(f"baseline must be > 0 g/L, got {baseline}")
    if not 0 <= dimer_fraction <= 1:
        raise ValueError(f"dimer_fraction must be 0 to 1, got {dimer_fraction}")
    if not 1 <= dimer_affinity < float("inf"):
        raise ValueError(f"dimer_affinity must be >= 1, got {dimer_affinity}")
    dimers = dimer_fraction * max(0.0, igg - baseline)
    return igg - dimers + dimer_affinity * dimers


def binding(igg, receptor, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
            dimer_affinity=DIMER_AFFINITY, cell_binding=1.0):
    """Occupied over free receptors of one form.

    x = sigma K C_eff / M

    Parameters
    ----------
    igg, baseline, dimer_fraction, dimer_affinity : float
        As in `competing_igg`.
    receptor : str
        One of `RECEPTORS`.
    cell_binding : float
        sigma: affinity on a cell over that measured by surface plasmon resonance, > 0 and <= 1.

    Returns
    -------
    float
        x, dimensionless, >= 0.

    Raises
    ------
    ValueError
        If an argument is outside its range, or there is no such receptor.

    Notes
    -----
    Equilibrium; receptors never deplete IgG; no internalisation. On FcγRI a dimer binds like a
    monomer (from a publication) and sigma is 1, so alpha and sigma act on the other receptors only.

    References
    ----------
    bruhns2009, Figure 3
    """
    strength = 1.0 if receptor == HIGH_AFFINITY else dimer_affinity
    competing = competing_igg(igg, baseline, dimer_fraction, strength)
    return competing / half_saturating_igg(receptor, cell_binding)


def free_fraction(igg, receptor, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
                  dimer_affinity=DIMER_AFFINITY, cell_binding=1.0):
    """Fraction of one receptor form that carries no IgG: 1 / (1 + x), parameters as in `binding`."""
    return 1 / (1 + binding(igg, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding))


def occupied_fraction(igg, receptor, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
                      dimer_affinity=DIMER_AFFINITY, cell_binding=1.0):
    """Fraction of one receptor form that carries IgG: x / (1 + x), parameters as in `binding`."""
    x = binding(igg, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding)
    return x / (1 + x)


def free_change(igg, receptor, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
                dimer_affinity=DIMER_AFFINITY, cell_binding=1.0):
    """Free fraction of one receptor form over that at the baseline, parameters as in `binding`.

    (1 + x(C0)) / (1 + x(C)): 1 at the baseline, below 1 when IgG rises.
    """
    now = binding(igg, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding)
    before = binding(baseline, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding)
    return (1 + before) / (1 + now)


def relative_uptake(igg, receptor, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
                    dimer_affinity=DIMER_AFFINITY, cell_binding=1.0, bonds=BONDS):
    """Uptake of an opsonised target over that at the baseline.

    phi = ((1 + x(C0)) / (1 + x(C)))^n;  below the baseline U = phi S / (S + phi - 1)

    Parameters
    ----------
    igg, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding
        As in `binding`.
    bonds : float
        Receptors n that must be free at the same time to hold the target, > 0.

    Returns
    -------
    float
        Relative uptake, 1 at the baseline and never above S = 5 (chosen for teaching).

    Raises
    ------
    ValueError
        If an argument is outside its range, or there is no such receptor.

    Notes
    -----
    n was fitted so that platelets in the ITP model rise as in trials: it is not evidence for the
    mechanism. The rate of uptake is proportional to free^n, with no other limit above the baseline.
    """
    if not 0 < bonds < float("inf"):
        raise ValueError(f"bonds must be > 0, got {bonds}")
    change = free_change(igg, receptor, baseline, dimer_fraction, dimer_affinity, cell_binding)
    if igg >= baseline:
        return change ** bonds
    # The form of the cap that cannot overflow: U = S / (1 + (S - 1) / phi).
    return UPTAKE_CEILING / (1 + (UPTAKE_CEILING - 1) * (1 / change) ** bonds)


def activating_inhibitory_ratio(igg, activating, baseline=BASELINE, dimer_fraction=DIMER_FRACTION,
                                dimer_affinity=DIMER_AFFINITY, cell_binding=1.0, inhibitory_fold=1.0):
    """Free activating over free inhibitory receptors, relative to the baseline.

    A:I = (free_act(C) / free_act(C0)) / (u free_IIb(C) / free_IIb(C0))

    Parameters
    ----------
    igg, baseline, dimer_fraction, dimer_affinity, cell_binding
        As in `binding`.
    activating : str
        One of `ACTIVATING`.
    inhibitory_fold : float
        u: number of FcγRIIb on the cell over that at the baseline, > 0.

    Returns
    -------
    float
        1 at the baseline with u = 1; below 1 the balance has moved towards inhibition.

    Raises
    ------
    ValueError
        If an argument is outside its range, or `activating` is no activating receptor.

    Notes
    -----
    Counts free receptors; how strongly each signals is not in it. u is chosen for teaching: a rise of
    FcγRIIb belongs to mouse experiments (samuelsson2001), and human data do not show it as a rule.
    """
    if activating not in ACTIVATING:
        raise ValueError(f"no activating receptor {activating!r}; they are: " + ", ".join(ACTIVATING))
    if not 0 < inhibitory_fold < float("inf"):
        raise ValueError(f"inhibitory_fold must be > 0, got {inhibitory_fold}")
    conditions = (baseline, dimer_fraction, dimer_affinity, cell_binding)
    return free_change(igg, activating, *conditions) / (
        inhibitory_fold * free_change(igg, INHIBITORY, *conditions))


def _cell_binding(receptor, cell_binding):
    if not 0 < cell_binding <= 1:
        raise ValueError(f"cell_binding must be > 0 and <= 1, got {cell_binding}")
    return 1.0 if receptor == HIGH_AFFINITY else cell_binding

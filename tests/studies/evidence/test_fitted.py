"""The shipped studies as the parameters were fitted to them."""

from simulation.studies.evidence.fitted import Fitted
from simulation.studies.evidence.shipped import calibration


def test_the_flat_rule_of_a_study_from_elsewhere_knows_all_that_its_parameters_were_fitted_to():
    fitted, manifest = Fitted(), calibration().manifest
    of_a_new_one, of_a_shipped_one = fitted.training("village"), fitted.training("thornton_2008")
    assert {r.key for r, _ in of_a_new_one} == set(manifest["rows"])
    assert {r.study for r, _ in of_a_shipped_one} == set(manifest["first_studies"])
    assert len(of_a_shipped_one) == manifest["first_arms"] < len(of_a_new_one) == manifest["arms"]

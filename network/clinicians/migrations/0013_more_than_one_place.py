from django.db import migrations

# What a statement would have to plan for every search is kept in two functions, and
# called for the few rows only that have more than one place or opening.
NEAREST = """
CREATE FUNCTION listing_nearest(points float8[], x float8, y float8, z float8)
RETURNS float8 LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  nearest float8;
  first int := 1;
BEGIN
  WHILE first < cardinality(points) LOOP
    nearest := least(
      nearest,
      (points[first] - x) * (points[first] - x)
      + (points[first + 1] - y) * (points[first + 1] - y)
      + (points[first + 2] - z) * (points[first + 2] - z)
    );
    first := first + 3;
  END LOOP;
  RETURN nearest;
END $$
"""

BEST_OPENING = """
CREATE FUNCTION listing_best_opening(
  openings int[], slots int, today int, days int, fresh int, now_worth int, late_worth int
) RETURNS int LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  best int;
  first int := 1;
  starts int;
  confirmed int;
BEGIN
  WHILE first < cardinality(openings) LOOP
    starts := openings[first + 1];
    confirmed := openings[first + 2];
    IF confirmed >= today - fresh AND starts <= today + days
      AND (slots = 0 OR openings[first] & slots <> 0)
    THEN
      best := greatest(
        best,
        (now_worth * days - (now_worth - late_worth) * greatest(0, starts - today))
        * (fresh - greatest(0, today - confirmed)) / (days * fresh)
      );
    END IF;
    first := first + 3;
  END LOOP;
  RETURN best;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinicians", "0012_somebody_leaves"),
    ]

    operations = [
        migrations.RunSQL(NEAREST, "DROP FUNCTION listing_nearest"),
        migrations.RunSQL(BEST_OPENING, "DROP FUNCTION listing_best_opening"),
    ]

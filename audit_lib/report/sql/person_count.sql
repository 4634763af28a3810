SELECT count(*) AS people FROM person WHERE in_hukou AND ($town IS NULL OR town_id = $town)

"""Words as data: one YAML file a language, and the tables of concepts and units."""

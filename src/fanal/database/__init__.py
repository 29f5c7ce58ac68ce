"""The PostgreSQL under the house: its launcher, its three roles, the settings of its connections and the
check that refuses to start when the walls would not hold. Nothing here imports Django."""

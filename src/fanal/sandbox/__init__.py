"""Reading bytes that nobody vouches for, in a process that has nothing: no network, no files, no secrets, little time.

`cage.run` starts it and knows no format; everything else here runs inside and knows neither Django nor the database.
"""

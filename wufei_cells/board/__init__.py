"""How far the city is: cases, what is counted, targets, forecasts. Pure; no clock, no database, no wording."""

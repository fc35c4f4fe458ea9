"""Open workbooks that anybody may have made, in whatever format, hardened against harm, with their pictures."""

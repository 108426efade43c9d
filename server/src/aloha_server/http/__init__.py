"""The HTTP edge: requests come in, long polls wait, answers leave in the API's envelope."""

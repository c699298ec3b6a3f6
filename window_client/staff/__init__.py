"""The clerk's room: panels that draw the desk and call its acts. It knows nothing of the resident's pages."""

CREATE TRIGGER "{{ name }}"
    BEFORE {{ event }} ON "{{ table }}"
    FOR EACH ROW
    WHEN {{ is_frozen }}
BEGIN
    SELECT RAISE(ABORT, {{ message }});
END

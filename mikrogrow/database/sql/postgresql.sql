-- Removes also a disabled trigger, and a function that has lost its trigger.
DROP FUNCTION IF EXISTS "{{ name }}"() CASCADE;

CREATE FUNCTION "{{ name }}"() RETURNS trigger LANGUAGE plpgsql AS $body$
{{ body }}
$body$;

CREATE TRIGGER "{{ name }}"
    BEFORE {{ event }} ON "{{ table }}"
    FOR EACH {{ each }}
    EXECUTE FUNCTION "{{ name }}"();

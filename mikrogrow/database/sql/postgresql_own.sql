BEGIN
    IF {{ is_frozen }} THEN
        RAISE EXCEPTION USING MESSAGE = {{ message }}, ERRCODE = 'restrict_violation';
    END IF;
    RETURN {{ returned }};
END
